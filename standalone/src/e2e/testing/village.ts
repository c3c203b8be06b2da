import { createHash, randomUUID } from 'node:crypto';
import { isRefusal, type Grant, type GrantPurpose } from '@sightline/contracts';
import {
  addPeople,
  createTerminal,
  inTransaction,
  issueEnrolmentCode,
  issueGrant,
  type Store,
} from '@sightline/store';

/** A village with its people and a terminal that is not enrolled yet. */
export interface Village {
  readonly region: string;
  readonly terminalId: string;
  readonly enrolCode: string;
  readonly people: readonly { readonly personId: string; readonly name: string }[];
}

const names = ['扎西次仁', '达瓦卓玛', '边巴旺堆'];

export async function equipVillage(store: Store, region: string): Promise<Village> {
  const terminalId = `real-${region}`;
  const settings = { faceEnabled: true, demo: false };
  await createTerminal(store, { terminalId, region, simulated: false, settings });
  const people = names.map((name) => ({ personId: randomUUID(), name }));
  const now = Temporal.Now.instant();
  const refusal = await addPeople(
    store,
    people.map((person) => ({ ...person, region, post: '值班' })),
    { now, actor: 'system:test' },
  );
  if (refusal !== null) throw new Error(refusal.detail);
  const at = now.toString({ fractionalSecondDigits: 3 });
  const enrolCode = await issueEnrolmentCode(store.pool, terminalId, at);
  return { region, terminalId, enrolCode, people };
}

/** Vouches for a person at the village's terminal, as the console does; returns the eight digits. */
export async function vouch(
  store: Store,
  village: Village,
  { personId, purpose }: { readonly personId: string; readonly purpose: GrantPurpose },
): Promise<string> {
  const now = Temporal.Now.instant();
  const code = String(10_000_000 + Math.floor(Math.random() * 89_999_999));
  const salt = randomUUID();
  const grant: Grant = {
    grantId: randomUUID(),
    personId,
    purpose,
    salt,
    codeHash: createHash('sha256').update(`${salt}\n${code}`).digest('base64url'),
    expiresAt: now.add({ minutes: 10 }).toString({ fractionalSecondDigits: 3 }),
  };
  const refusal = await inTransaction(store, (client) =>
    issueGrant(client, { ...village, grant }, { now, actor: 'system:test' }),
  );
  if (isRefusal(refusal)) throw new Error(refusal.detail);
  return code;
}
