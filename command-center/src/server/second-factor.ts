import {
  isRefusal,
  refuse,
  type RecoveryCodesReply,
  type Refusal,
  type SecondFactorOffer,
} from '@sightline/contracts';
import {
  appendAudit,
  inRefusableTransaction,
  offerFactor,
  raiseSession,
  removeFactor,
  replaceRecoveryCodes,
  sealFactorSecret,
  type Client,
} from '@sightline/store';
import type { AccountViewer } from '#domain/access.ts';
import { groupRecoveryCode } from '#domain/second-factor.ts';
import { newFactorSecret, newRecoveryCodes, offerOf } from './second-factor-code.ts';
import {
  auditWrongCode,
  judgeCode,
  noFactorKey,
  wrongCode,
  type FactorDeps,
  type GivenCode,
} from './second-factor-judge.ts';

const alreadySetUp = refuse(
  'second-factor-set-up',
  'A second factor is set up already. Remove it first to use another device.',
);

/** A new secret to set up; one that was never confirmed is forgotten. */
export async function offerSecondFactor(
  deps: FactorDeps,
  { accountId, login }: AccountViewer,
): Promise<SecondFactorOffer | Refusal> {
  const { factorKey, store } = deps;
  if (factorKey === null) return noFactorKey;
  const secret = newFactorSecret();
  const sealed = sealFactorSecret(factorKey, { accountId, secret });
  const isOffered = await offerFactor(store.pool, { accountId, sealed, now: deps.now() });
  return isOffered ? offerOf(secret, login) : alreadySetUp;
}

interface Raised {
  /** Of the session, from now on. */
  readonly token: string;
}

/** A first code of the secret on offer: it counts from now on, and this session has proved it. */
export function confirmSecondFactor(
  deps: FactorDeps,
  given: GivenCode,
): Promise<(Raised & RecoveryCodesReply) | Refusal> {
  const { sessionId } = given.viewer;
  const change = { given, of: 'offered', what: 'second-factor.set-up' } as const;
  return changeByCode(deps, change, async (client) => {
    const codes = await newCodesFor(client, given);
    return { ...(await raiseSession(client, { sessionId, now: deps.now() })), codes };
  });
}

/** A code of the app, or a recovery code: this session has proved the second factor. */
export function proveSecondFactor(deps: FactorDeps, given: GivenCode): Promise<Raised | Refusal> {
  const { sessionId } = given.viewer;
  const change = { given, of: 'confirmed', what: 'second-factor.proven' } as const;
  return changeByCode(deps, change, (client) =>
    raiseSession(client, { sessionId, now: deps.now() }),
  );
}

/** Ten new recovery codes; those before are dead. */
export function renewRecoveryCodes(
  deps: FactorDeps,
  given: GivenCode,
): Promise<RecoveryCodesReply | Refusal> {
  const change = { given, of: 'confirmed', what: 'recovery-codes.renewed' } as const;
  return changeByCode(deps, change, async (client) => ({
    codes: await newCodesFor(client, given),
  }));
}

/** Forgets the second factor: for another device, or to do without where the role allows it. */
export function removeSecondFactor(
  deps: FactorDeps,
  given: GivenCode,
): Promise<{ readonly removed: boolean } | Refusal> {
  const change = { given, of: 'confirmed', what: 'second-factor.removed' } as const;
  return changeByCode(deps, change, async (client) => ({
    removed: await removeFactor(client, given.viewer.accountId),
  }));
}

async function newCodesFor(client: Client, { viewer }: GivenCode): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(client, { accountId: viewer.accountId, codes });
  return codes.map(groupRecoveryCode);
}

interface Change {
  readonly given: GivenCode;
  readonly of: 'offered' | 'confirmed';
  readonly what: string;
}

/** One change for one right code: used up, audited and done in one transaction. */
async function changeByCode<T>(
  deps: FactorDeps,
  { given, of, what }: Change,
  work: (client: Client) => Promise<T>,
): Promise<T | Refusal> {
  const seen = await judgeCode(deps, given, of);
  if (isRefusal(seen)) return seen;
  const { accountId, sessionId, region } = given.viewer;
  const by = seen.kind === 'recovery' ? '-by-recovery-code' : '';
  const entry = {
    who: `account:${accountId}`,
    what: `${what}${by}`,
    region,
    purpose: 'sign-in',
    subject: `session:${sessionId}`,
  };
  const result = await inRefusableTransaction<T>(deps.store, async (client) => {
    if (!(await seen.use(client))) return wrongCode;
    await appendAudit(client, { entry, now: deps.now() });
    return work(client);
  });
  if (isRefusal(result)) await auditWrongCode(deps, given.viewer);
  else await seen.forgive();
  return result;
}
