import { randomUUID } from 'node:crypto';
import { isRefusal, type Grant } from '@sightline/contracts';
import { inTransaction, issueGrant, type Store } from '@sightline/store';

export interface Vouching {
  readonly personId: string;
  readonly terminalId: string;
  readonly region: string;
  readonly actor: string;
  /** Now when not given. */
  readonly at?: Temporal.Instant;
}

/** Gives out a code, which nobody knows, for the person's face there; returns its grant's id. */
export async function vouchFor(store: Store, vouching: Vouching): Promise<string> {
  const { personId, terminalId, region, actor, at: now = Temporal.Now.instant() } = vouching;
  const grant: Grant = {
    grantId: randomUUID(),
    personId,
    purpose: 'enrol-face',
    salt: '',
    codeHash: '',
    expiresAt: now.add({ minutes: 10 }).toString({ fractionalSecondDigits: 3 }),
  };
  const refusal = await inTransaction(store, (client) =>
    issueGrant(client, { terminalId, region, grant }, { now, actor }),
  );
  if (isRefusal(refusal)) throw new Error(refusal.detail);
  return grant.grantId;
}
