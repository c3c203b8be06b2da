import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginCheckIn, stepCheckIn, type CheckInOutcome } from '#domain/check-in-session.ts';
import { direction, sampleFace, sampleObservation, sampleRule } from '#domain/face-samples.ts';

const start = Temporal.Instant.from('2026-11-23T12:00:00Z');
const gallery = [
  { personId: 'ann', template: direction(0) },
  { personId: 'bo', template: direction(120) },
];

type Look = { readonly key: string; readonly angle: number | null };

/** Runs frames 100 ms apart and returns the outcome and after how many frames it came. */
function run(looks: readonly Look[]): { outcome: CheckInOutcome | null; frames: number } {
  let session = beginCheckIn(start);
  for (const [i, { key, angle }] of looks.entries()) {
    const faces = angle === null ? [] : [sampleFace({ template: direction(angle) })];
    const stepped = stepCheckIn(session, {
      observation: sampleObservation(key, faces),
      now: start.add({ milliseconds: i * 100 }),
      gallery,
      rule: sampleRule,
    });
    if (stepped.outcome !== null) return { outcome: stepped.outcome, frames: i + 1 };
    session = stepped.session;
  }
  return { outcome: null, frames: looks.length };
}

const looksOf = (angles: readonly (number | null)[]): Look[] =>
  angles.map((angle, i) => ({ key: `f${i}`, angle }));

describe('stepCheckIn', () => {
  test('three agreeing frames name the person, with the lowest similarity of the three', () => {
    const { outcome, frames } = run(looksOf([5, 20, 1]));
    expect(frames).toBe(3);
    expect(outcome).toMatchObject({ kind: 'matched', frames: 3, match: { personId: 'ann' } });
    if (outcome?.kind !== 'matched') throw new Error('not matched');
    expect(outcome.match.similarity).toBeCloseTo(Math.cos(Math.PI / 9), 5);
  });

  test('one picture repeated is one frame', () => {
    const same = Array.from({ length: 50 }, (): Look => ({ key: 'still', angle: 0 }));
    expect(run(same).outcome).toBeNull();
  });

  test('another person between the frames begins the count again', () => {
    expect(run(looksOf([0, 0, 120, 0, 0])).outcome).toBeNull();
    expect(run(looksOf([0, 0, 120, 0, 0, 0])).frames).toBe(6);
  });

  test('somebody who walks off takes the count along', () => {
    expect(run(looksOf([0, 0, null, 0, 0])).outcome).toBeNull();
  });

  test('a stranger is asked for the PIN after a dozen good frames', () => {
    const { outcome, frames } = run(looksOf(Array.from({ length: 20 }, () => 240)));
    expect(outcome).toEqual({ kind: 'use-pin' });
    expect(frames).toBe(12);
  });

  test('fifteen seconds without an answer end in the PIN, with or without frames', () => {
    const stepped = stepCheckIn(beginCheckIn(start), {
      observation: null,
      now: start.add({ seconds: 15 }),
      gallery,
      rule: sampleRule,
    });
    expect(stepped.outcome).toEqual({ kind: 'use-pin' });
  });

  test('nobody is named unless three distinct frames in a row show that person', () => {
    const look = fc.record({
      key: fc.integer({ min: 0, max: 15 }).map(String),
      angle: fc.option(fc.constantFrom(0, 10, 60, 120, 240), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
        const { outcome, frames } = run(looks);
        if (outcome?.kind !== 'matched') return;
        const distinct = looks
          .slice(0, frames)
          .filter(({ key }, i, all) => all.findIndex((other) => other.key === key) === i);
        const expected = outcome.match.personId === 'ann' ? 0 : 120;
        for (const { angle } of distinct.slice(-3)) {
          const apart = Math.abs((angle ?? 999) - expected);
          expect(apart).toBeLessThanOrEqual(60);
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
