import {
  checkInEarlyMinutes,
  checkInGraceMinutes,
  type CheckInMethod,
  type DutyCheckIn,
  type DutyFinding,
  type DutyVerdict,
  type DutyWhy,
  type EarlierFinding,
  type StandingDuty,
} from '@sightline/contracts';
import type { Heard } from './heard-of.ts';

/** What is known when a duty is judged. */
export interface Known {
  /** Of the village, around the duty; those of others do no harm. */
  readonly checkIns: readonly DutyCheckIn[];
  readonly heard: Heard;
  readonly now: Temporal.Instant;
}

/**
 * 判定. One check-in of a person serves all their posts of that time. Absent is said only when everything
 * the village had to say up to the duty's end is here; what is not known is `unknown` and says why.
 */
export function judgeDuty(duty: StandingDuty, { checkIns, heard, now }: Known): DutyFinding {
  const own = servingBy(duty, duty.personId, checkIns);
  if (own.length > 0) return foundBy(duty, own, null);
  const fallback = duty.fallbackId === null ? [] : servingBy(duty, duty.fallbackId, checkIns);
  if (fallback.length > 0) return foundBy(duty, fallback, 'covered');
  return without(stateWithout(duty, { checkIns, heard, now }));
}

/**
 * 补记于: when the word that settled a finding came an hour and more after the duty's end; null = in time.
 * A finding that stays keeps what was said of it.
 */
export function completedAtOf(
  duty: StandingDuty,
  finding: DutyFinding,
  { earlier, now }: { readonly earlier: EarlierFinding | null; readonly now: Temporal.Instant },
): Temporal.Instant | null {
  if (!isSettled(finding.verdict)) return null;
  if (earlier?.verdict === finding.verdict) return earlier.completedAt;
  // An unknown one was settled by what just came, an anchor or the village's silence until now included.
  const settledAt = earlier?.verdict === 'unknown' ? now : finding.receivedAt;
  if (settledAt === null) return null;
  return Temporal.Instant.compare(settledAt, duty.to.add({ hours: 1 })) > 0 ? settledAt : null;
}

function isSettled(verdict: DutyVerdict): boolean {
  return verdict !== 'open' && verdict !== 'not-yet' && verdict !== 'unknown';
}

/** The certain check-ins of a person that serve the duty, earliest first. */
function servingBy(
  duty: StandingDuty,
  personId: string,
  checkIns: readonly DutyCheckIn[],
): DutyCheckIn[] {
  return checkIns
    .filter((each) => each.personId === personId && each.certain && mayServe(duty, each))
    .toSorted((a, b) => Temporal.Instant.compare(a.notBefore, b.notBefore));
}

function mayServe({ from, to }: StandingDuty, { notBefore, notAfter }: DutyCheckIn): boolean {
  const opens = from.subtract({ minutes: checkInEarlyMinutes });
  return isBefore(notBefore, to) && !isBefore(notAfter, opens);
}

function foundBy(
  duty: StandingDuty,
  serving: readonly DutyCheckIn[],
  covered: 'covered' | null,
): DutyFinding {
  const [first] = serving;
  if (first === undefined) throw new Error('A duty is found by no check-in.');
  const overMs = first.notBefore.epochMilliseconds - graceEnd(duty).epochMilliseconds;
  const best = serving.toSorted((a, b) => sureness[b.method] - sureness[a.method])[0] ?? first;
  return {
    verdict: covered ?? (overMs > 0 ? 'late' : 'on-time'),
    why: null,
    method: best.method,
    checkedInAt: first.notBefore,
    lateMinutes: overMs > 0 ? minutesLate(duty, first.notBefore) : null,
    receivedAt: first.receivedAt,
    simulated: first.simulated,
    sampleCamera: best.sampleCamera,
  };
}

/** 可信程度: a face that lives, then a PIN with a witness, then a PIN alone. */
const sureness: Readonly<Record<CheckInMethod, number>> = { face: 2, 'pin-witness': 1, pin: 0 };

function graceEnd({ owedFrom }: StandingDuty): Temporal.Instant {
  return owedFrom.add({ minutes: checkInGraceMinutes });
}

function minutesLate({ owedFrom }: StandingDuty, at: Temporal.Instant): number {
  return Math.floor((at.epochMilliseconds - owedFrom.epochMilliseconds) / 60_000);
}

interface Said {
  readonly verdict: DutyVerdict;
  readonly why: DutyWhy | null;
}

function stateWithout(duty: StandingDuty, { checkIns, heard, now }: Known): Said {
  const isUncertain = checkIns.some(
    (each) =>
      !each.certain &&
      (each.personId === duty.personId || each.personId === duty.fallbackId) &&
      mayServe(duty, each),
  );
  if (isBefore(now, duty.to)) {
    if (isUncertain || !isHeard(heard, graceEnd(duty)) || isBefore(now, graceEnd(duty))) {
      return { verdict: 'open', why: null };
    }
    return { verdict: 'not-yet', why: null };
  }
  if (isUncertain) return { verdict: 'unknown', why: 'uncertain-clock' };
  if (!isBefore(duty.owedFrom, duty.to)) return { verdict: 'unknown', why: 'entered-later' };
  if (!heard.hasTerminal) return { verdict: 'unknown', why: 'no-terminal' };
  if (!isHeard(heard, duty.to)) return { verdict: 'unknown', why: 'not-heard' };
  return { verdict: 'absent', why: null };
}

function isHeard({ until }: Heard, instant: Temporal.Instant): boolean {
  return until !== null && !isBefore(until, instant);
}

function without({ verdict, why }: Said): DutyFinding {
  return {
    verdict,
    why,
    method: null,
    checkedInAt: null,
    lateMinutes: null,
    receivedAt: null,
    simulated: false,
    sampleCamera: false,
  };
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}
