import Type, { type Static } from 'typebox';
import { shiftFromKey, type Shift, type ShiftKey } from '../shift.ts';

/** 岗位: 带班 lead, 值班 watch, 备勤 standby. A village may have all three at once. */
export const DutyPost = Type.Union([
  Type.Literal('lead'),
  Type.Literal('watch'),
  Type.Literal('standby'),
]);
export type DutyPost = Static<typeof DutyPost>;

export const dutyPosts: readonly DutyPost[] = ['lead', 'watch', 'standby'];

/** A calendar day in Asia/Shanghai. */
export const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
export type Day = Static<typeof Day>;

/** 值班表的一格. Who holds a post in one shift; whoever asks names at most one a post and shift. */
export interface RosterSlot {
  readonly post: DutyPost;
  readonly shift: ShiftKey;
  readonly personId: string;
  /** 备班: who comes when that person does not; null = nobody was named. */
  readonly fallbackId: string | null;
}

/** 白班, 夜班, 全天: the 24 hours are a day and its night held by one person. */
export type DutySpan = 'day' | 'night' | 'full';

/** Before a duty begins somebody may come so much earlier. */
export const arrivalEarlyHours = 2;

/** 一次值班. What one person owes in one go, from a day's slots of one post. */
export interface Duty {
  readonly post: DutyPost;
  /** The day it began: a night belongs to it whole. */
  readonly day: Day;
  readonly span: DutySpan;
  readonly personId: string;
  readonly fallbackId: string | null;
  readonly from: Temporal.Instant;
  /** Exclusive. */
  readonly to: Temporal.Instant;
}

/** The day a shift belongs to: that on which it began. */
export function dayOfShift(shift: ShiftKey): Day {
  return shift.slice(0, 10);
}

/**
 * What the slots ask of people, in order of time and post. A day and the night that follows it, held
 * by the same person on the same post, are one duty of 24 hours with one check-in. `shiftOf`: whoever asks
 * for many villages at once gives one that remembers, for a shift's instants cost more than all the rest.
 */
export function dutiesOf(
  slots: readonly RosterSlot[],
  shiftOf: (key: ShiftKey) => Shift = shiftFromKey,
): Duty[] {
  const byPlace = new Map(slots.map((slot) => [`${slot.post} ${slot.shift}`, slot]));
  const duties: Duty[] = [];
  for (const slot of byPlace.values()) {
    const day = dayOfShift(slot.shift);
    const isDay = slot.shift.endsWith('/day');
    const other = byPlace.get(`${slot.post} ${day}/${isDay ? 'night' : 'day'}`);
    const isWhole = other?.personId === slot.personId;
    if (isWhole && !isDay) continue; // Told with its day.
    const { from } = shiftOf(slot.shift);
    const { to } = shiftOf(isWhole ? `${day}/night` : slot.shift);
    const span = isWhole ? 'full' : isDay ? 'day' : 'night';
    const { post, personId, fallbackId } = slot;
    duties.push({ post, day, span, personId, fallbackId, from, to });
  }
  return duties.toSorted(
    (a, b) =>
      Temporal.Instant.compare(a.from, b.from) ||
      dutyPosts.indexOf(a.post) - dutyPosts.indexOf(b.post),
  );
}

/** The duties an instant lies in: at most one a post. */
export function dutiesAt(duties: readonly Duty[], instant: Temporal.Instant): Duty[] {
  return duties.filter(
    ({ from, to }) =>
      Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0,
  );
}
