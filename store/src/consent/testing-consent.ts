import { randomUUID } from 'node:crypto';
import { isRefusal, type Grant } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Store } from '#engine/store.ts';
import type { TestFact } from '#live/testing-facts.ts';
import { addPeople } from '#register/add-people.ts';
import { issueGrant } from '#register/issue-grant.ts';
import { createTerminals } from '#terminals/terminals.ts';

export const village = '540235100201';
export const [here, there] = [`${village}-1`, `${village}-2`] as const;
export const now = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
export const change = { now, actor: 'account:11111111-2222-4333-8444-555555555555' };

/** A person of the village, which has two terminals. */
export async function equip(store: Store): Promise<string> {
  const personId = randomUUID();
  await addPeople(store, [{ personId, region: village, name: '扎西', post: '' }], change);
  await createTerminals(
    store,
    [here, there].map((terminalId) => ({ terminalId, region: village, simulated: true })),
  );
  return personId;
}

/** Gives out a code for the person's face at that terminal; returns the grant's id. */
export async function vouch(store: Store, personId: string, terminalId: string): Promise<string> {
  const grant: Grant = {
    grantId: randomUUID(),
    personId,
    purpose: 'enrol-face',
    salt: 's',
    codeHash: 'h',
    expiresAt: now.add({ minutes: 10 }).toString({ fractionalSecondDigits: 3 }),
  };
  const refusal = await inTransaction(store, (client) =>
    issueGrant(client, { terminalId, region: village, grant }, change),
  );
  if (isRefusal(refusal)) throw new Error(refusal.detail);
  return grant.grantId;
}

/** A minute later than the fact before. */
const minute = (minutes: number): string =>
  now.add({ minutes }).toString({ fractionalSecondDigits: 3 });

export function faceEnrolled(personId: string, terminalId: string, grantId: string): TestFact {
  const data = { personId, terminalId, model: 'm', frames: 5, consentVersion: 'v1', grantId };
  return { region: village, type: 'face.enrolled', at: minute(1), data };
}

export function consentWithdrawn(personId: string, terminalId: string): TestFact {
  const data = { personId, terminalId };
  return { region: village, type: 'consent.withdrawn', at: minute(2), data };
}

export function faceErased(personId: string, terminalId: string, reason = 'withdrawn'): TestFact {
  const data = { personId, terminalId, reason, model: 'm', sig: 'A'.repeat(86) };
  return { region: village, type: 'face.erased', at: minute(3), data };
}
