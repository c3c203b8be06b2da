import { dutyPosts, shiftAt, shiftsOf, type RosterSlot } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KnownCheckIn } from '#domain/decide-check-in.ts';
import { dutyToday } from '#domain/duty-today.ts';

const params = { numRuns: 10_000, seed: 5402 };
const window = { from: '2026-11-22', days: 4 };
const [ann, bo, cy] = ['ann', 'bo', 'cy'] as const;

function slot(shift: string, change: Partial<RosterSlot> = {}): RosterSlot {
  return { post: 'watch', shift, personId: ann, fallbackId: bo, ...change };
}

const came = (personId: string, at: string): KnownCheckIn => {
  const instant = Temporal.Instant.from(at);
  return { personId, shift: shiftAt(instant).key, at };
};
const look = (slots: readonly RosterSlot[], now: string, checkIns: readonly KnownCheckIn[] = []) =>
  dutyToday(slots, { checkIns, checkOuts: [] }, Temporal.Instant.from(now));

describe('dutyToday', () => {
  const night = slot('2026-11-23/night');

  test('a duty is missed from its sixteenth minute on, when neither holder nor fallback came', () => {
    const missedAt = (now: string, checkIns: KnownCheckIn[] = []) =>
      look([night], now, checkIns).running.map(({ isMissed }) => isMissed);
    expect(missedAt('2026-11-23T12:14:59Z')).toEqual([false]);
    expect(missedAt('2026-11-23T12:15:00Z')).toEqual([true]);
    expect(missedAt('2026-11-23T12:15:00Z', [came(cy, '2026-11-23T12:00:00.000Z')])).toEqual([
      true,
    ]);
    for (const personId of [ann, bo]) {
      const arrived = [came(personId, '2026-11-23T12:00:00.000Z')];
      expect(missedAt('2026-11-23T12:15:00Z', arrived)).toEqual([false]);
    }
  });

  test('who came shortly before counts, who came for the shift before does not; standby is never missed', () => {
    const now = '2026-11-23T13:00:00Z';
    const early = look([night], now, [came(ann, '2026-11-23T10:30:00.000Z')]);
    expect(early.running[0]).toMatchObject({ arrival: { personId: ann }, isMissed: false });
    const long = look([night], now, [came(ann, '2026-11-23T01:00:00.000Z')]);
    expect(long.running[0]).toMatchObject({ arrival: null, isMissed: true });
    const standby = look([slot('2026-11-23/night', { post: 'standby' })], now);
    expect(standby.running[0]?.isMissed).toBe(false);
  });

  test('who left is said to have left, until they come again', () => {
    const checkIn = came(ann, '2026-11-23T12:00:00.000Z');
    const left = { ...checkIn, at: '2026-11-23T13:00:00.000Z' };
    const marks = { checkIns: [checkIn], checkOuts: [left] };
    const now = Temporal.Instant.from('2026-11-23T14:00:00Z');
    expect(dutyToday([night], marks, now).running[0]).toMatchObject({
      arrival: { personId: ann },
      leftAt: left.at,
      isMissed: false,
    });
  });

  test('the next duties all begin at one time, after now; a day and its night of one person are one', () => {
    const slots = [
      slot('2026-11-23/day'),
      slot('2026-11-23/night'),
      slot('2026-11-23/night', { post: 'lead', personId: cy }),
      slot('2026-11-24/day', { personId: bo }),
    ];
    const day = look(slots, '2026-11-23T02:00:00Z');
    expect(day.running).toMatchObject([{ to: '2026-11-24T00:00:00Z' }]);
    expect(day.next).toMatchObject([{ post: 'lead', personId: cy }]);
  });

  const anySlots = fc
    .array(
      fc.record({
        post: fc.constantFrom(...dutyPosts),
        shift: fc.constantFrom(...shiftsOf(window)),
        personId: fc.constantFrom(ann, bo, cy),
        fallbackId: fc.constantFrom(ann, bo, null),
      }),
      { maxLength: 8 },
    )
    .map((slots) => [
      ...new Map(slots.map((each) => [`${each.post} ${each.shift}`, each])).values(),
    ]);
  const anyMinute = fc.integer({ min: 0, max: 4 * 24 * 60 });
  const start = Temporal.Instant.from('2026-11-22T00:00:00Z');
  const atMinute = (minutes: number) => start.add({ minutes });

  test('at any time at most one duty a post runs, it holds that time, and only a stranger to it is missed', () => {
    const anyMarks = fc.array(
      fc.record({ personId: fc.constantFrom(ann, bo, cy), minute: anyMinute }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(anySlots, anyMarks, anyMinute, (slots, marks, minute) => {
        const now = atMinute(minute);
        const checkIns = marks
          .filter((mark) => mark.minute <= minute)
          .map((mark) => came(mark.personId, atMinute(mark.minute).toString()));
        const { running, next } = dutyToday(slots, { checkIns, checkOuts: [] }, now);
        const posts = running.map(({ post }) => post);
        expect(new Set(posts).size).toBe(posts.length);
        for (const { from, to, arrival, isMissed } of running) {
          expect(Temporal.Instant.compare(from, now)).toBeLessThanOrEqual(0);
          expect(Temporal.Instant.compare(now, to)).toBeLessThan(0);
          if (arrival !== null) expect(isMissed).toBe(false);
        }
        expect(new Set(next.map(({ from }) => from)).size).toBeLessThanOrEqual(1);
        for (const { from } of next) expect(Temporal.Instant.compare(from, now)).toBe(1);
      }),
      params,
    );
  });
});
