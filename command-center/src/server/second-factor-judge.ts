import { refuse, isRefusal, type Refusal } from '@sightline/contracts';
import {
  appendAudit,
  confirmFactor,
  findFactor,
  forgetSignInFailures,
  noteCode,
  noteSignInAttempt,
  openFactorSecret,
  takeStep,
  useRecoveryCode,
  type Client,
  type FactorKey,
  type SecondFactor,
} from '@sightline/store';
import type { AccountViewer } from '#domain/access.ts';
import { readTypedCode, type TypedCode } from '#domain/second-factor.ts';
import { networkOf } from '#domain/sign-in-network.ts';
import { limits } from '#limits.ts';
import type { RouteDeps } from './route-deps.ts';
import { stepOfCode } from './second-factor-code.ts';

export interface FactorDeps extends RouteDeps {
  /** Null: this centre has no key file. */
  readonly factorKey: FactorKey | null;
}

export interface GivenCode {
  readonly viewer: AccountViewer;
  /** As it was typed. */
  readonly code: string;
  readonly address: string;
}

/** A code that is right as far as can be seen without using it up. */
export interface SeenCode {
  readonly kind: TypedCode['kind'];
  /** Uses it up; false where somebody was faster. Of a secret on offer: confirms it. */
  readonly use: (client: Client) => Promise<boolean>;
  /** The wrong codes before it count no more. */
  readonly forgive: () => Promise<void>;
}

const window = Temporal.Duration.from({ minutes: limits.failureWindowMinutes });

export const wrongCode = refuse(
  'wrong-code',
  'This code is wrong, too old or used already. Wait for the next one and check the device’s clock.',
);
export const noFactorKey = refuse(
  'no-factor-key',
  'This centre has no key for second factors: set SIGHTLINE_REGISTER_KEY_FILE and start it again.',
);
const otherFactorKey = refuse(
  'other-factor-key',
  'The key file is not the one this second factor was set up with: put the right one back, or use a recovery code.',
);
const notSetUp = refuse('no-second-factor', 'No second factor is set up for this account.');
const tooMany = refuse(
  'too-many-codes',
  `Too many wrong codes. Try again in ${limits.failureWindowMinutes} minutes.`,
);
const locked = refuse(
  'second-factor-locked',
  `${limits.wrongCodes} wrong codes: use a recovery code, or have it reset at the machine.`,
);

/**
 * Whether a code is right for the account's `confirmed` factor, or for the one on `offer`. Counted as
 * wrong before it is looked at, like a password; nothing is used up yet.
 */
export async function judgeCode(
  deps: FactorDeps,
  given: GivenCode,
  which: 'offered' | 'confirmed',
): Promise<SeenCode | Refusal> {
  const forgive = await countAttempt(deps, given);
  if (isRefusal(forgive)) return forgive;
  const { accountId } = given.viewer;
  const factor = await findFactor(deps.store.pool, accountId);
  const isThere = factor !== null && (factor.confirmedAt === null) === (which === 'offered');
  if (!isThere) return notSetUp;
  const typed = readTypedCode(given.code);
  const seen = typed === null ? wrongCode : await judge(deps, { accountId, factor, typed });
  if (!isRefusal(seen)) return { ...seen, forgive };
  if (seen.code === wrongCode.code) await auditWrongCode(deps, given.viewer);
  return seen;
}

/** One more attempt; the way to take it back, or that there were too many. */
async function countAttempt(
  { store, now }: FactorDeps,
  { viewer, address }: GivenCode,
): Promise<(() => Promise<void>) | Refusal> {
  // No login has a colon: a right password does not forgive wrong codes, nor the other way round.
  const login = `second-factor:${viewer.accountId}`;
  const attempt = { login, address: networkOf(address), now: now(), window };
  const { attemptId, ofLogin, ofAddress } = await noteSignInAttempt(store.pool, attempt);
  if (ofLogin > limits.codesPerAccount || ofAddress > limits.failuresPerAddress) return tooMany;
  return () => forgetSignInFailures(store.pool, { attemptId, login });
}

interface Judgement {
  readonly accountId: string;
  readonly factor: SecondFactor;
  readonly typed: TypedCode;
}

async function judge(
  deps: FactorDeps,
  { accountId, factor, typed: { code, kind } }: Judgement,
): Promise<Omit<SeenCode, 'forgive'> | Refusal> {
  const now = deps.now();
  if (kind === 'recovery') {
    return { kind, use: (client) => useRecoveryCode(client, { accountId, code, now }) };
  }
  if (deps.factorKey === null) return noFactorKey;
  const { sealed, confirmedAt } = factor;
  const secret = openFactorSecret(deps.factorKey, { accountId, sealed });
  if (secret === null) return otherFactorKey;
  if ((await noteCode(deps.store.pool, accountId)) > limits.wrongCodes) return locked;
  const step = stepOfCode(secret, code, now);
  if (step === null) return wrongCode;
  const use = (client: Client) =>
    confirmedAt === null
      ? confirmFactor(client, { accountId, sealed, step, now })
      : takeStep(client, { accountId, step });
  return { kind, use };
}

export async function auditWrongCode(deps: FactorDeps, viewer: AccountViewer): Promise<void> {
  const { accountId, sessionId, region } = viewer;
  const entry = {
    who: `account:${accountId}`,
    what: 'second-factor.refused',
    region,
    purpose: 'sign-in',
    subject: `session:${sessionId}`,
  };
  await appendAudit(deps.store.pool, { entry, now: deps.now() });
}
