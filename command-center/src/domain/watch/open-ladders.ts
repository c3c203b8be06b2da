import {
  arrivalEarlyHours,
  defaultLadderRule,
  dutiesAt,
  dutiesOf,
  type Duty,
  type LadderCause,
  type LadderRule,
  type LadderStanding,
  type Region,
  type RosterSlot,
} from '@sightline/contracts';
import {
  climbLadder,
  type Acknowledgement,
  type LadderState,
  type LadderStep,
} from './climb-ladder.ts';

export interface WatchedSlot extends RosterSlot {
  readonly region: Region;
  readonly isHeard: boolean;
}

export interface WatchMoment {
  /** Of the days an open duty may have begun on. */
  readonly slots: readonly WatchedSlot[];
  readonly arrivals: readonly {
    readonly region: Region;
    readonly personId: string;
    readonly at: Temporal.Instant;
  }[];
  readonly rules: readonly { readonly region: Region; readonly rule: LadderRule }[];
  readonly steps: ReadonlyMap<string, readonly LadderStep[]>;
  readonly acknowledgements: ReadonlyMap<string, readonly Acknowledgement[]>;
  readonly now: Temporal.Instant;
}

/** A duty that runs, and nobody came to it as far as we heard. */
export interface OpenLadder {
  readonly subject: string;
  readonly region: Region;
  readonly duty: Duty;
  readonly cause: LadderCause;
  readonly ladder: LadderState & { readonly state: LadderStanding };
  readonly steps: readonly LadderStep[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** The duties that run now, by their village. */
export function runningDuties(
  slots: readonly WatchedSlot[],
  now: Temporal.Instant,
): {
  readonly subject: string;
  readonly region: Region;
  readonly duty: Duty;
  readonly isHeard: boolean;
}[] {
  return [...Map.groupBy(slots, ({ region }) => region)].flatMap(([region, own]) =>
    dutiesAt(dutiesOf(own), now).map((duty) => ({
      subject: subjectOf(region, duty),
      region,
      duty,
      isHeard: own.every(({ isHeard }) => isHeard),
    })),
  );
}

/** The running duties without an arrival, each with where its ladder stands; in order of village and time. */
export function openLadders(moment: WatchMoment): OpenLadder[] {
  const { now, rules } = moment;
  const byPerson = Map.groupBy(moment.arrivals, ({ region, personId }) => `${region} ${personId}`);
  const arrivalAt = (region: Region, duty: Duty): Temporal.Instant | null => {
    const earliest = duty.from.subtract({ hours: arrivalEarlyHours });
    const found = [duty.personId, duty.fallbackId]
      .flatMap((id) => byPerson.get(`${region} ${String(id)}`) ?? [])
      .filter(({ at }) => Temporal.Instant.compare(at, earliest) >= 0)
      .map(({ at }) => at)
      .toSorted((a, b) => Temporal.Instant.compare(a, b));
    return found[0] ?? null;
  };
  return runningDuties(moment.slots, now).flatMap(({ subject, region, duty, isHeard }) => {
    const rule = ruleFor(region, rules);
    if (!rule.posts.includes(duty.post)) return [];
    const steps = moment.steps.get(subject) ?? [];
    const acknowledgements = moment.acknowledgements.get(subject) ?? [];
    const facts = { answeredAt: arrivalAt(region, duty), steps, acknowledgements };
    const ladder = climbLadder(duty, { rule, facts, now });
    if (!isOpen(ladder)) return [];
    const cause = isHeard ? 'absent' : 'unheard';
    return [{ subject, region, duty, cause, ladder, steps, acknowledgements }];
  });
}

/** The rule of the nearest region above a village, or the default. */
export function ruleFor(region: Region, rules: WatchMoment['rules']): LadderRule {
  const above = rules.filter((each) => region.startsWith(each.region));
  const nearest = above.toSorted((a, b) => b.region.length - a.region.length)[0];
  return nearest?.rule ?? defaultLadderRule;
}

/** What a ladder is filed under. */
export function subjectOf(region: Region, { post, day, span }: Duty): string {
  return `${region}.${post}.${day}.${span}`;
}

const closedStates: readonly string[] = ['off', 'upcoming', 'answered', 'ended'];

function isOpen(ladder: LadderState): ladder is OpenLadder['ladder'] {
  return !closedStates.includes(ladder.state);
}
