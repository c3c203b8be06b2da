import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attendanceOf, type Spell } from '@sightline/contracts';
import { RoomAttendance } from './attendance.ts';
import type { Second } from './spells.ts';

const seatId = 'venue-510115100001';
/** One second of a seat: whether packets came. */
const second = fc.boolean();

describe('attendance', () => {
  test('counts exactly the seconds between the first and the last packet of each spell', () => {
    fc.assert(
      fc.property(fc.array(second, { maxLength: 120 }), (seconds) => {
        const told: Spell[] = [];
        const attendance = new RoomAttendance(randomUUID(), (spell) => told.push(spell));
        for (const [at, hasPackets] of seconds.entries()) {
          const fromMs = at * 1000;
          const untilMs = fromMs + 1000;
          attendance.note(seatId, {
            fromMs,
            untilMs,
            packets: hasPackets ? 20 : 0,
            hasSign: false,
          });
          attendance.tick(untilMs);
        }
        attendance.close();
        const last = [...new Map(told.map((spell) => [spell.spellId, spell])).values()];
        expect(last.every(({ isOver }) => isOver)).toBe(true);
        const spans = last.map(({ from, until }) => [Date.parse(from), Date.parse(until)] as const);
        expect(spans).toEqual(expectedSpans(seconds));
        const packets = last.reduce((sum, spell) => sum + spell.packets, 0);
        expect(packets).toBe(seconds.filter(Boolean).length * 20);
      }),
      { numRuns: 2_000 },
    );
  });

  test('who is muted and shows no picture listens: one spell by the signs of its way, until the last of them', () => {
    const told: Spell[] = [];
    const attendance = new RoomAttendance(randomUUID(), (spell) => told.push(spell));
    for (let at = 0; at < 60; at += 1) {
      // Voice for ten seconds, then nothing but a sign every three, and from the thirty-first on nothing.
      const packets = at < 10 ? 17 : 0;
      const hasSign = at <= 30 && at % 3 === 0;
      attendance.note(seatId, secondAt(at, { packets, hasSign }));
      attendance.tick((at + 1) * 1000);
    }
    const [spell, ...others] = new Map(told.map((one) => [one.spellId, one])).values();
    const [from, until] = [new Date(0).toISOString(), new Date(31_000).toISOString()];
    expect(spell).toMatchObject({ from, until, packets: 170, isOver: true });
    expect(others).toEqual([]);
  });

  test('tells a spell that goes on every five seconds, and its end once', () => {
    const told: Spell[] = [];
    const attendance = new RoomAttendance(randomUUID(), (spell) => told.push(spell));
    for (let at = 0; at < 12; at += 1) {
      attendance.note(seatId, secondAt(at, { packets: 1 }));
      attendance.tick((at + 1) * 1000);
    }
    for (let at = 12; at < 20; at += 1) attendance.tick((at + 1) * 1000);
    expect(told.filter(({ isOver }) => isOver)).toHaveLength(1);
    expect(new Set(told.map(({ spellId }) => spellId)).size).toBe(1);
    expect(told.length).toBeLessThanOrEqual(4);
    const spells = told.map(({ from, until }) => ({
      seatId,
      fromMs: Date.parse(from),
      untilMs: Date.parse(until),
    }));
    expect(attendanceOf(spells, { fromMs: 0, untilMs: 60_000 })[0]).toMatchObject({
      presentMs: 12_000,
      rejoins: 0,
    });
  });
});

/** Runs of seconds with packets; gaps of fewer than three seconds belong to the spell. */
function expectedSpans(seconds: readonly boolean[]): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (const [at, hasPackets] of seconds.entries()) {
    if (!hasPackets) continue;
    const last = spans.at(-1);
    if (last !== undefined && at * 1000 - last[1] < 3_000) last[1] = (at + 1) * 1000;
    else spans.push([at * 1000, (at + 1) * 1000]);
  }
  return spans;
}

function secondAt(at: number, { packets = 0, hasSign = false }: Partial<Second>): Second {
  return { fromMs: at * 1000, untilMs: (at + 1) * 1000, packets, hasSign };
}
