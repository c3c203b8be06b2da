import {
  arrivalEarlyHours,
  defaultLadderRule,
  dutiesAt,
  dutiesOf,
  shiftFromKey,
  type Duty,
  type LadderCause,
  type LadderRule,
  type LadderStanding,
  type Region,
  type RosterSlot,
  type Shift,
  type ShiftKey,
} from '@sightline/contracts';
import {
  climbLadder,
  type Acknowledgement,
  type LadderState,
  type LadderStep,
} from './climb-ladder.ts';

/** A slot, or a cell of the village's pattern that nobody holds: there the fallback is who is proposed. */
export interface WatchedSlot extends Omit<RosterSlot, 'personId'> {
  readonly region: Region;
  /** Null = nobody was put there. */
  readonly personId: string | null;
  readonly isHeard: boolean;
}

/** A duty of the roster, or of a gap in it. */
export type WatchedDuty = Omit<Duty, 'personId'> & Pick<WatchedSlot, 'personId'>;

export interface WatchMoment {
  readonly running: readonly RunningDuty[];
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
  readonly duty: WatchedDuty;
  readonly cause: LadderCause;
  readonly ladder: LadderState & { readonly state: LadderStanding };
  readonly steps: readonly LadderStep[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** A duty that runs now, and where. */
export interface RunningDuty {
  readonly subject: string;
  readonly region: Region;
  readonly duty: WatchedDuty;
  readonly isHeard: boolean;
}

/** The duties that run now, by their village; the slots are those of the day they began on. */
export function runningDuties(slots: readonly WatchedSlot[], now: Temporal.Instant): RunningDuty[] {
  const known = new Map<ShiftKey, Shift>();
  const shiftOf = (key: ShiftKey): Shift => {
    const shift = known.get(key) ?? shiftFromKey(key);
    known.set(key, shift);
    return shift;
  };
  return [...Map.groupBy(slots, ({ region }) => region)].flatMap(([region, own]) =>
    dutiesWithGaps(own, shiftOf, now).map((duty) => ({
      subject: subjectOf(region, duty),
      region,
      duty,
      isHeard: own.every(({ isHeard }) => isHeard),
    })),
  );
}

/** What nobody holds is a duty too: nobody's. */
function dutiesWithGaps(
  slots: readonly WatchedSlot[],
  shiftOf: (key: ShiftKey) => Shift,
  now: Temporal.Instant,
): WatchedDuty[] {
  const nobody = '';
  const held = slots.map((slot) => ({ ...slot, personId: slot.personId ?? nobody }));
  return dutiesAt(dutiesOf(held, shiftOf), now).map((duty) => ({
    ...duty,
    personId: duty.personId === nobody ? null : duty.personId,
  }));
}

/** The running duties without an arrival, each with where its ladder stands; in order of village and time. */
export function openLadders(moment: WatchMoment): OpenLadder[] {
  const { now, rules } = moment;
  const byVillage = Map.groupBy(moment.arrivals, ({ region }) => region);
  // Where the roster names nobody, whoever of the village came is there.
  const arrivalAt = (region: Region, duty: WatchedDuty): Temporal.Instant | null => {
    const earliest = duty.from.subtract({ hours: arrivalEarlyHours });
    const found = (byVillage.get(region) ?? [])
      .filter(({ personId }) => duty.personId === null || isOf(duty, personId))
      .filter(({ at }) => Temporal.Instant.compare(at, earliest) >= 0)
      .map(({ at }) => at)
      .toSorted((a, b) => Temporal.Instant.compare(a, b));
    return found[0] ?? null;
  };
  return moment.running.flatMap(({ subject, region, duty, isHeard }) => {
    const rule = ruleFor(region, rules);
    if (!rule.posts.includes(duty.post)) return [];
    const steps = moment.steps.get(subject) ?? [];
    const acknowledgements = moment.acknowledgements.get(subject) ?? [];
    const facts = { answeredAt: arrivalAt(region, duty), steps, acknowledgements };
    const ladder = climbLadder(duty, { rule, facts, now });
    if (!isOpen(ladder)) return [];
    const cause = !isHeard ? 'unheard' : duty.personId === null ? 'gap' : 'absent';
    return [{ subject, region, duty, cause, ladder, steps, acknowledgements }];
  });
}

/** The rule of the nearest region above a village, or the default. */
export function ruleFor(region: Region, rules: WatchMoment['rules']): LadderRule {
  const above = rules.filter((each) => region.startsWith(each.region));
  const nearest = above.toSorted((a, b) => b.region.length - a.region.length)[0];
  return nearest?.rule ?? defaultLadderRule;
}

function isOf({ personId, fallbackId }: WatchedDuty, id: string): boolean {
  return id === personId || id === fallbackId;
}

/** What a ladder is filed under. */
export function subjectOf(region: Region, { post, day, span }: WatchedDuty): string {
  return `${region}.${post}.${day}.${span}`;
}

const closedStates: readonly string[] = ['off', 'upcoming', 'answered', 'ended'];

function isOpen(ladder: LadderState): ladder is OpenLadder['ladder'] {
  return !closedStates.includes(ladder.state);
}
