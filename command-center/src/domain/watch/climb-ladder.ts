import {
  rungs,
  watchZone,
  type LadderRule,
  type LadderStanding,
  type Rung,
} from '@sightline/contracts';

/** What a ladder stands on. */
export interface LadderDuty {
  readonly from: Temporal.Instant;
  /** Exclusive. */
  readonly to: Temporal.Instant;
  readonly personId: string | null;
  readonly fallbackId: string | null;
}

/** A rung that was climbed. */
export interface LadderStep {
  readonly rung: Rung;
  readonly at: Temporal.Instant;
  /** How many were told. */
  readonly asked: number;
}

export interface Acknowledgement {
  readonly rung: Rung;
  readonly at: Temporal.Instant;
  /** Whose it is; a second one of the same counts once. */
  readonly by: string;
}

export interface LadderFacts {
  /** When the holder or the fallback person checked in; null = not yet, as far as we heard. */
  readonly answeredAt: Temporal.Instant | null;
  readonly steps: readonly LadderStep[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** What a ladder is judged by. */
export interface LadderMoment {
  readonly rule: LadderRule;
  readonly facts: LadderFacts;
  readonly now: Temporal.Instant;
}

export interface LadderState {
  readonly state: LadderStanding | 'off' | 'upcoming' | 'answered' | 'ended';
  /** The rung to climb now. */
  readonly due: Rung | null;
  /** When to look again where nothing new happens; null = never. */
  readonly nextAt: Temporal.Instant | null;
}

const none = { due: null, nextAt: null } as const;

/**
 * 逐级提醒. Where the ladder of one duty stands: a pure function of the duty, the rule, what happened and
 * now. One rung at a time, and each leaves the one before the minutes the rule puts between them, also
 * when nobody looked for hours: a server that was away does not wake the county before the person.
 */
export function climbLadder(duty: LadderDuty, moment: LadderMoment): LadderState {
  const { rule, facts, now } = moment;
  if (!rule.isOn) return { state: 'off', ...none };
  if (facts.answeredAt !== null) return { state: 'answered', ...none };
  if (!isBefore(now, duty.to)) return { state: 'ended', ...none };
  const climbed = new Set(facts.steps.map(({ rung }) => rung));
  const rung = rungsOf(duty).find((each) => !climbed.has(each) && isAbove(each, climbed));
  if (rung === undefined) return { state: 'exhausted', ...none };
  const { at, why } = timeOf(rung, duty, moment);
  if (!isBefore(at, duty.to)) return { state: why, ...none };
  if (isBefore(now, at)) {
    const state = isBefore(now, duty.from) ? 'upcoming' : why;
    return { state, due: null, nextAt: at };
  }
  return { state: why, due: rung, nextAt: at };
}

/** The rungs somebody stands on. */
function rungsOf({ personId, fallbackId }: LadderDuty): readonly Rung[] {
  return rungs.filter((rung) => {
    if (rung === 'remind') return personId !== null;
    if (rung === 'fallback') return fallbackId !== null && fallbackId !== personId;
    return true;
  });
}

/** A roster that changed meanwhile never leads down again. */
function isAbove(rung: Rung, climbed: ReadonlySet<Rung>): boolean {
  return [...climbed].every((each) => rungs.indexOf(each) < rungs.indexOf(rung));
}

function timeOf(
  rung: Rung,
  duty: LadderDuty,
  { rule, facts, now }: LadderMoment,
): { readonly at: Temporal.Instant; readonly why: LadderStanding } {
  const minutes = rule.afterMinutes[rung];
  const last = facts.steps.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)).at(-1);
  const planned = duty.from.add({ minutes });
  const gapMinutes = last === undefined ? 0 : minutes - rule.afterMinutes[last.rung];
  const spaced =
    last === undefined
      ? planned
      : later(planned, last.at.add({ minutes: Math.max(1, gapMinutes) }));
  const heldUntil = heldBy(facts, rule);
  const held = heldUntil === null ? spaced : later(spaced, heldUntil);
  // What was due while nobody looked is told now, unless now is a quiet hour.
  const at = rule.quietRungs.includes(rung) ? afterQuiet(later(held, now), rule.quiet) : held;
  if (isBefore(later(held, now), at)) return { at, why: 'quiet' };
  return { at, why: isBefore(spaced, held) ? 'held' : 'waiting' };
}

/** Until when those who said "I have it" have it; null = nobody did, or not everyone who must. */
function heldBy(
  { steps, acknowledgements }: LadderFacts,
  rule: LadderRule,
): Temporal.Instant | null {
  const ends = steps.flatMap(({ rung, asked }) => {
    const own = acknowledgements.filter((each) => each.rung === rung);
    const first = [...Map.groupBy(own, ({ by }) => by).values()]
      .map((ofOne) => ofOne.map(({ at }) => at).reduce(earlier))
      .toSorted((a, b) => Temporal.Instant.compare(a, b));
    const needed = rule.everyoneMustAnswer ? Math.max(1, asked) : 1;
    const at = first[needed - 1];
    return at === undefined ? [] : [at.add({ minutes: rule.holdMinutes })];
  });
  return ends.length === 0 ? null : ends.reduce(later);
}

/** The instant itself, or the end of the quiet hours it lies in. */
function afterQuiet(at: Temporal.Instant, quiet: LadderRule['quiet']): Temporal.Instant {
  if (quiet === null || quiet.from === quiet.to) return at;
  const local = at.toZonedDateTimeISO(watchZone);
  const time = local.toPlainTime();
  const [from, to] = [Temporal.PlainTime.from(quiet.from), Temporal.PlainTime.from(quiet.to)];
  const isPast = (mark: Temporal.PlainTime) => Temporal.PlainTime.compare(time, mark) >= 0;
  const isOverMidnight = Temporal.PlainTime.compare(from, to) > 0;
  const isQuiet = isOverMidnight ? isPast(from) || !isPast(to) : isPast(from) && !isPast(to);
  if (!isQuiet) return at;
  const day =
    isOverMidnight && isPast(from) ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
  return day.toZonedDateTime({ timeZone: watchZone, plainTime: to }).toInstant();
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isBefore(a, b) ? b : a;
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isBefore(a, b) ? a : b;
}
