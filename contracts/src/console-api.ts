import Type from 'typebox';
import { terminalIdPattern, uuidPattern } from './fact.ts';
import type { DeviceHealth } from './device-health.ts';
import type { PartHealth } from './health.ts';
import type { VillageStatus } from './live.ts';
import { regionPattern } from './region-path.ts';
import { AccountRole } from './roles.ts';
import { GrantPurpose, type Beat } from './terminal.ts';

/*
 * HTTP between the console page and the command centre. Requests are schemas, checked at the door;
 * replies are types. Refusals come as problem+json {code, detail}. Every POST that changes something
 * carries an `Idempotency-Key` (uuid): the command's id.
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const RegionCode = Type.String({ pattern: regionPattern });
const VillageCode = Type.String({ pattern: '^[0-9]{12}$' });

/** GET /api/regions: every division the viewer may see, and those above it, by code. */
export interface RegionView {
  readonly code: string;
  readonly name: string;
  /** For the search: 聂拉木 → "nielamu" and "nlm". */
  readonly pinyin: string;
  readonly initials: string;
}

export type StatusCounts = Readonly<Record<VillageStatus, number>>;

/** One village of GET /api/villages?region= (all of the scope; impersonal). */
export interface VillageView {
  readonly region: string;
  readonly status: VillageStatus;
  readonly since: string | null;
  readonly people: number;
  readonly terminals: number;
  readonly simulated: boolean;
  /** The newest check-in, without whose. */
  readonly checkedIn: {
    readonly shift: string;
    readonly at: string;
    readonly method: string;
  } | null;
}

export interface VillagesView {
  readonly at: string;
  readonly villages: readonly VillageView[];
  readonly health: readonly PartHealth[];
}

/** GET /api/villages/:region/people?purpose=&all= (audited). */
export interface PersonView {
  readonly personId: string;
  readonly name: string;
  readonly post: string;
  readonly addedAt: string;
  readonly retiredAt: string | null;
  readonly faceState: FaceState;
}

/**
 * Where a person's consent to their face stands. `withdrawing`: withdrawn, and a terminal that has a
 * template has not sent its erasure receipt yet.
 */
export type FaceState = 'none' | 'enrolled' | 'withdrawing' | 'withdrawn';

/** GET /api/villages/:region/check-ins?purpose=&before= (audited), newest first. */
export interface CheckInView {
  readonly id: string;
  readonly personId: string;
  /** Null where the register does not know this person. */
  readonly name: string | null;
  /** When it happened, as well as the device's clock is known. */
  readonly at: string;
  /** False: the device's clock was never set since it started; a person reviews. */
  readonly certain: boolean;
  readonly receivedAt: string;
  readonly shift: string;
  readonly method: string;
  /** 见证人 by name, of a check-in by PIN and witness; null where the register does not know them. */
  readonly witness: string | null;
  /** The face came from recorded sample footage: nobody stood there. */
  readonly sampleCamera: boolean;
  readonly terminalId: string;
  /** 签退 that ended it; null = none was heard of. */
  readonly leftAt: string | null;
  readonly leftMethod: string | null;
  /** As `certain`, of the check-out. */
  readonly leftCertain: boolean | null;
}

/** A page of a list; `next` goes into `before` (or `after`) of the next request, null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** POST /api/villages/:region/people → {personId} */
export const AddPersonRequest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    post: Type.String({ maxLength: 64 }),
  },
  closed,
);

/** POST /api/people/:personId/retire → {personId} */
export const RetirePersonRequest = Type.Object({}, closed);

/** POST /api/people/:personId/withdraw-face → {personId}: on the person's word. */
export const WithdrawFaceRequest = Type.Object({}, closed);

/** POST /api/people/:personId/grants → GrantReply */
export const IssueGrantRequest = Type.Object(
  { purpose: GrantPurpose, terminalId: Type.String({ pattern: terminalIdPattern }) },
  closed,
);
export interface GrantReply {
  readonly grantId: string;
  /** Eight digits, shown once; the same again for the same Idempotency-Key in the same session. */
  readonly code: string;
  readonly expiresAt: string;
}

/** GET /api/terminals?region=&after= */
export interface TerminalView {
  readonly terminalId: string;
  readonly region: string;
  readonly simulated: boolean;
  readonly createdAt: string;
  /** null = no device has been enrolled, or its key was revoked. */
  readonly enrolledAt: string | null;
  /**
   * Log position of the last enrolment, withdrawal or erasure of a face there, 0 = none: when it
   * changes, a page reads the people again.
   */
  readonly consentAsOf: number;
  readonly status: VillageStatus;
  readonly since: string | null;
  readonly waiting: number;
  readonly oldestWaitingAt: string | null;
  readonly deadLetters: number;
  /** Whether it has taken over what should be. */
  readonly upToDate: boolean;
  readonly camera: Beat['camera'] | null;
  readonly version: string | null;
  /** Null where it never said. */
  readonly device: DeviceHealth | null;
}

/** POST /api/terminals → {terminalId} */
export const CreateTerminalRequest = Type.Object({ region: VillageCode }, closed);

/** POST /api/terminals/:terminalId/enrolment-code → EnrolmentCodeReply */
export interface EnrolmentCodeReply {
  readonly terminalId: string;
  readonly code: string;
  readonly expiresAt: string;
}

/** POST /api/terminals/:terminalId/revoke → {terminalId, ended}. `ended` = how many keys. */
export interface RevokeReply {
  readonly terminalId: string;
  readonly ended: number;
}

/** GET /api/trouble?region=&before=: what the broker would not take, newest first. */
export interface TroubleView {
  readonly id: number;
  readonly region: string;
  readonly terminalId: string;
  readonly source: string;
  readonly seq: number;
  readonly reason: string;
  readonly message: string;
  /** True: one fact was refused for ever. False: evidence of trouble with the source. */
  readonly settled: boolean;
  readonly receivedAt: string;
}

/** GET /api/audit?region=&before=, newest first. */
export interface AuditView {
  readonly seq: number;
  readonly at: string;
  readonly who: string;
  /** The login behind `who`, where it is an account. */
  readonly login: string | null;
  readonly what: string;
  readonly region: string;
  readonly purpose: string;
  readonly subject: string | null;
}

/** GET /api/audit/verify */
export interface AuditVerdictView {
  readonly rows: number;
  readonly headSeq: number;
  readonly headHash: string;
  readonly brokenAt: number | null;
}

/** POST /api/screens → {tokenId, token}: shown once. GET lists, POST …/:tokenId/revoke ends. */
export const CreateScreenRequest = Type.Object(
  { region: RegionCode, label: Type.String({ maxLength: 64 }) },
  closed,
);
export interface ScreenView {
  readonly tokenId: string;
  readonly region: string;
  readonly label: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/**
 * POST /api/accounts → {accountId, token}: a sign-in link, ten minutes, shown once.
 * GET /api/accounts?region=&after= → Page<AccountView>, the oldest first.
 */
export const CreateAccountRequest = Type.Object(
  { region: RegionCode, roles: Type.Array(AccountRole, { minItems: 1, maxItems: 3 }) },
  closed,
);
export interface AccountView {
  readonly accountId: string;
  readonly login: string | null;
  readonly roles: readonly AccountRole[];
  readonly region: string;
  readonly createdAt: string;
  readonly disabledAt: string | null;
  /** 本人. Of which village the person is that the account stands for; null = of none. */
  readonly person: { readonly region: string; readonly since: string } | null;
}

/** GET /api/villages/:region/linkable-people (audited): whom an account may be linked with. */
export interface LinkablePersonView {
  readonly personId: string;
  readonly name: string;
  readonly post: string;
  /** An account is this person already. */
  readonly isLinked: boolean;
}

/**
 * POST /api/accounts/:accountId/person → {accountId}: this account is that person, who then decides nothing
 * about themselves. Refused: `account-closed`, `not-active`, `account-linked`, `person-linked`.
 * POST /api/accounts/:accountId/person/end → {accountId}: it is nobody of a village any more.
 */
export const LinkPersonRequest = Type.Object({ personId: Uuid }, closed);

export const IdempotencyKey = Uuid;
