import {
  dutiesAt,
  dutiesOf,
  dutyPosts,
  type Duty,
  type DutyDay,
  type RosteredDuty,
  type RosterSlot,
  type RunningDuty,
  watchZone,
} from '@sightline/contracts';
import { isArrival, type DutyMarks } from '#domain/duty-marks.ts';

/** So many minutes after it began, a duty that nobody came to is missed. */
const missedMinutes = 15;
/** Days around today that a duty which runs or comes next may belong to. */
const daysNear = { before: 1, after: 2 } as const;

/** 今日班次: which duties run, who came to them, and what begins next. */
export function dutyToday(
  slots: readonly RosterSlot[],
  marks: DutyMarks,
  now: Temporal.Instant,
): DutyDay {
  const duties = dutiesNear(slots, now);
  const later = duties.filter(({ from }) => Temporal.Instant.compare(from, now) > 0);
  const next = later.filter(({ from }) => later[0]?.from.equals(from) === true);
  return {
    running: dutiesAt(duties, now)
      .toSorted((a, b) => dutyPosts.indexOf(a.post) - dutyPosts.indexOf(b.post))
      .map((duty) => toRunning(duty, marks, now)),
    next: next.map(toRostered),
  };
}

/** The duties of the days around an instant: a roster of two months is not worked through each time. */
export function dutiesNear(slots: readonly RosterSlot[], now: Temporal.Instant): Duty[] {
  const today = now.toZonedDateTimeISO(watchZone).toPlainDate();
  const first = today.subtract({ days: daysNear.before }).toString();
  const last = today.add({ days: daysNear.after }).toString();
  return dutiesOf(
    slots.filter(({ shift }) => shift.slice(0, 10) >= first && shift.slice(0, 10) <= last),
  );
}

function toRunning(
  duty: Duty,
  { checkIns, checkOuts }: DutyMarks,
  now: Temporal.Instant,
): RunningDuty {
  const arrivals = checkIns
    .filter((known) => isArrival(known, duty))
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  const [first] = arrivals;
  // Who came again after leaving is here.
  const newest = arrivals.at(-1);
  const left = checkOuts.find(
    ({ personId, shift }) => personId === newest?.personId && shift === newest.shift,
  );
  const isLate = now.since(duty.from).total('minutes') >= missedMinutes;
  return {
    ...toRostered(duty),
    arrival: first === undefined ? null : { personId: first.personId, at: first.at },
    leftAt: left?.at ?? null,
    isMissed: duty.post !== 'standby' && first === undefined && isLate,
  };
}

function toRostered({ post, personId, from, to }: Duty): RosteredDuty {
  return { post, personId, from: from.toString(), to: to.toString() };
}
