import { createAccount, setCredentials, type Store } from '@sightline/store';
import { TestDevice } from './test-device.ts';
import { vouchFor } from './vouch-for.ts';

/** The village the pictures are about. */
export const shownVillage = '540235100201';
const terminalId = `t-${shownVillage}`;

interface Whose {
  /** Enrolled, withdrawn and erased. */
  readonly withdrawn: string;
  readonly enrolled: string;
  /** As `withdrawn`, with a receipt that does not hold. */
  readonly forged: string;
}

/** Ledgers of three people of the shown village, with a true device and true receipts. */
export async function seedConsent(store: Store, whose: Whose): Promise<void> {
  const actor = `account:${await dispatcher(store)}`;
  const device = await TestDevice.enrol(store, { terminalId, region: shownVillage });
  const enrol = async (personId: string, hoursAgo: number) => {
    const at = Temporal.Now.instant().subtract({ hours: hoursAgo });
    const place = { terminalId, region: shownVillage };
    const grantId = await vouchFor(store, { ...place, personId, actor, at });
    await device.append(store, [device.enrolled(personId, grantId, at.add({ minutes: 3 }))]);
  };
  await enrol(whose.withdrawn, 50);
  await enrol(whose.enrolled, 49);
  await enrol(whose.forged, 48);
  const at = Temporal.Now.instant().subtract({ hours: 3 });
  const erased = device.erased(whose.forged, at.add({ seconds: 2 }));
  await device.append(store, [
    device.withdrawn(whose.withdrawn, at),
    device.erased(whose.withdrawn, at.add({ seconds: 1 })),
    device.withdrawn(whose.forged, at),
    { ...erased, data: { ...erased.data, model: 'another' } },
  ]);
}

async function dispatcher(store: Store): Promise<string> {
  const now = Temporal.Now.instant();
  const account = { roles: ['dispatcher'] as const, region: '540235', now };
  const accountId = await createAccount(store.pool, account);
  const passwordHash = 'nobody signs in with it';
  await setCredentials(store.pool, { accountId, login: 'nyima', passwordHash });
  return accountId;
}
