import { migrate } from '#engine/migrate.ts';
import { openStore } from '#engine/store.ts';

/**
 * One shot: brings the database of `DATABASE_URL` to this program's version, names each step, and ends
 * with 0. Ends with 1 and a sentence where that may not or cannot be.
 */
const databaseUrl = process.env['DATABASE_URL'] ?? '';

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  await using store = await openStore({ databaseUrl, applicationName: 'sightline-migrate' });
  const refusal = await migrate(store, {
    onStep: ({ name, index, of }) => process.stdout.write(`${index} of ${of}: ${name}\n`),
  });
  if (refusal === null) process.stdout.write('The database is up to date.\n');
  else fail(refusal.detail);
}

if (databaseUrl === '') {
  fail('DATABASE_URL is not set. Give postgres://user:password@host/name.');
} else {
  await run().catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  );
}
