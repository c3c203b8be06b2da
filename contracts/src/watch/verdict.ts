import type { CheckInMethod } from '../fact-types.ts';
import type { Duty } from './duty.ts';

/**
 * 台账结论, as facts: 未到判定时, 尚未签到, 按时, 迟到, 备班到岗, 缺勤, 无法判定. Nothing follows from one by
 * itself; a person corrects it.
 */
export const dutyVerdicts = [
  'open',
  'not-yet',
  'on-time',
  'late',
  'covered',
  'absent',
  'unknown',
] as const;
export type DutyVerdict = (typeof dutyVerdicts)[number];

/** Only what is settled can be corrected: a duty that runs is judged first. */
export function isSettled(verdict: DutyVerdict): boolean {
  return verdict !== 'open' && verdict !== 'not-yet';
}

/** Why nothing is known of a duty that is over: 时钟未校准, 未收到, 无终端, 事后排班. */
export const dutyWhys = ['uncertain-clock', 'not-heard', 'no-terminal', 'entered-later'] as const;
export type DutyWhy = (typeof dutyWhys)[number];

/** A check-in may be made so long before the duty begins. */
export const checkInEarlyMinutes = 120;
/** So long after its beginning it is on time. */
export const checkInGraceMinutes = 30;

/** A duty as it is owed. */
export interface StandingDuty extends Duty {
  /** Its beginning; later where the roster that says so came later. */
  readonly owedFrom: Temporal.Instant;
}

/** A check-in of the village as far as a verdict needs it. */
export interface DutyCheckIn {
  readonly personId: string;
  readonly method: CheckInMethod;
  /** False = the device's clock was never anchored: it was made at some time between the two. */
  readonly certain: boolean;
  readonly notBefore: Temporal.Instant;
  /** Equal to `notBefore` where it is certain. */
  readonly notAfter: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly simulated: boolean;
  readonly sampleCamera: boolean;
}

/** One device key of the village: while it was in use, and until when nothing it said is outstanding. */
export interface HeardSource {
  readonly enrolledAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
  /** 完整水位: null = never heard with nothing waiting. */
  readonly heardUntil: Temporal.Instant | null;
}

/** What the ledger says of one duty. */
export interface DutyFinding {
  readonly verdict: DutyVerdict;
  /** Of `unknown` alone. */
  readonly why: DutyWhy | null;
  /** The surest way that person checked in; null = they did not. */
  readonly method: CheckInMethod | null;
  readonly checkedInAt: Temporal.Instant | null;
  /** Of `late`, and of one who covered after the grace. */
  readonly lateMinutes: number | null;
  /** When the centre had the check-in. */
  readonly receivedAt: Temporal.Instant | null;
  readonly simulated: boolean;
  readonly sampleCamera: boolean;
}

/** What the ledger said of it before. */
export interface EarlierFinding {
  readonly verdict: DutyVerdict;
  readonly completedAt: Temporal.Instant | null;
}
