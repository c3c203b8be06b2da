import { migrate, seedDivisions, type Store } from '@sightline/store';
import { prefecture5402 } from '@sightline/contracts/divisions';

type Report = (measured: string) => void;

export async function migrateDatabase(store: Store, report: Report): Promise<void> {
  const refusal = await migrate(store, {
    onStep: ({ name, index, of }) => report(`${index} of ${of} migrations, ${name}`),
  });
  if (refusal !== null) throw new Error(refusal.detail);
}

export async function seedRegister(store: Store, report: Report): Promise<void> {
  await seedDivisions(store.pool);
  report(`${prefecture5402.length} divisions`);
}
