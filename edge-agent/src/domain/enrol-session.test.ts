import { isRefusal } from '@sightline/contracts';
import { describe, expect, test } from 'vitest';
import { beginEnrolment, stepEnrolment, type EnrolOutcome } from '#domain/enrol-session.ts';
import { direction, sampleFace, sampleObservation, sampleRule } from '#domain/face-samples.ts';
import type { Novelty } from '#domain/frame-memory.ts';
import type { GalleryEntry } from '#domain/identify.ts';

const start = Temporal.Instant.from('2026-11-23T12:00:00Z');

interface Run {
  readonly angles: readonly number[];
  readonly gallery?: readonly GalleryEntry[];
  readonly everyMs?: number;
  readonly novelty?: (i: number) => Novelty;
  readonly liveness?: number;
}

function run({ angles, gallery = [], everyMs = 300, novelty = () => 'new', liveness = 1 }: Run): {
  outcome: EnrolOutcome | null;
  frames: number;
} {
  let session = beginEnrolment('ann', start);
  for (const [i, angle] of angles.entries()) {
    const stepped = stepEnrolment(session, {
      observation: sampleObservation(
        [sampleFace({ template: direction(angle), liveness })],
        novelty(i),
      ),
      now: start.add({ milliseconds: i * everyMs }),
      gallery,
      rule: sampleRule,
    });
    if (stepped.outcome !== null) return { outcome: stepped.outcome, frames: i + 1 };
    session = stepped.session;
  }
  return { outcome: null, frames: angles.length };
}

describe('stepEnrolment', () => {
  test('five good looks of one person are enough', () => {
    const { outcome, frames } = run({ angles: [0, 5, 10, 5, 0, 0] });
    expect(frames).toBe(5);
    expect(outcome).toMatchObject({ kind: 'collected' });
  });

  test('frames of the same instant are one look', () => {
    expect(run({ angles: [0, 0, 0, 0, 0, 0, 0], everyMs: 20 }).outcome).toBeNull();
  });

  test('a still picture, or a recording played again, is never enough', () => {
    const angles = Array.from({ length: 40 }, () => 0);
    const still = (i: number) => (i === 0 ? 'new' : 'same');
    const again = (i: number) => (i < 4 ? 'new' : 'replayed');
    expect(run({ angles, novelty: still }).outcome).toBeNull();
    expect(run({ angles, novelty: again }).outcome).toBeNull();
  });

  test('a face that is not alive is never enrolled', () => {
    expect(run({ angles: Array.from({ length: 40 }, () => 0), liveness: 0.4 }).outcome).toBeNull();
  });

  test('another person stepping in begins again: no template is mixed of two', () => {
    const { outcome, frames } = run({ angles: [0, 0, 0, 120, 120, 120, 120, 120] });
    expect(frames).toBe(8);
    if (outcome?.kind !== 'collected') throw new Error('not collected');
    for (const template of outcome.templates) expect(template).toEqual(direction(120));
  });

  test('a face that stands under another name is refused at once', () => {
    const gallery = [{ personId: 'bo', template: direction(10) }];
    const { outcome, frames } = run({ angles: [0, 0, 0], gallery });
    expect(frames).toBe(1);
    expect(outcome).toMatchObject({ refusal: { code: 'face-already-enrolled' } });
  });

  test('a face between two enrolled ones is refused too', () => {
    const gallery = [
      { personId: 'bo', template: direction(20) },
      { personId: 'cai', template: direction(-20) },
    ];
    expect(run({ angles: [0], gallery }).outcome).toMatchObject({ kind: 'refused' });
  });

  test('the same person may be enrolled again', () => {
    const gallery = [{ personId: 'ann', template: direction(0) }];
    expect(run({ angles: [0, 0, 0, 0, 0], gallery }).outcome).toMatchObject({ kind: 'collected' });
  });

  test('a minute without five good frames ends it with what to do', () => {
    const { outcome } = stepEnrolment(beginEnrolment('ann', start), {
      observation: null,
      now: start.add({ seconds: 60 }),
      gallery: [],
      rule: sampleRule,
    });
    if (outcome?.kind !== 'refused') throw new Error('not refused');
    expect(isRefusal(outcome.refusal)).toBe(true);
    expect(outcome.refusal.code).toBe('enrol-timeout');
  });
});
