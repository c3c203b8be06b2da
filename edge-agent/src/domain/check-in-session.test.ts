import type { Challenge } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginCheckIn, stepCheckIn, type CheckInOutcome } from '#domain/check-in-session.ts';
import { direction, sampleFace, sampleObservation, sampleRule } from '#domain/face-samples.ts';
import type { Novelty } from '#domain/frame-memory.ts';
import type { ReadFace } from '#domain/read-face.ts';

const start = Temporal.Instant.from('2026-11-23T12:00:00Z');
const gallery = [
  { personId: 'ann', template: direction(0) },
  { personId: 'bo', template: direction(120) },
];

/** One frame: the faces in it and whether it was seen before. */
interface Look {
  readonly faces: readonly ReadFace[];
  readonly novelty?: Novelty;
  readonly everyMs?: number;
}

const face = (change: Partial<ReadFace> = {}): Look => ({ faces: [sampleFace(change)] });
const who = (angle: number): Look => face({ template: direction(angle) });
const yaw = (yawDeg: number): Look => face({ pose: { yawDeg, pitchDeg: 0, rollDeg: 0 } });
const eyes = (closed: number): Look => face({ eyesClosed: [closed, closed] });
const nobody: Look = { faces: [] };
const ann = who(0);
const blink = [eyes(0), eyes(1), eyes(0)];
const turnLeft = [yaw(0), yaw(-20), yaw(-22), yaw(-3)];
const turnRight = [yaw(0), yaw(20), yaw(22), yaw(3)];

interface Run {
  readonly outcome: CheckInOutcome | null;
  readonly frames: number;
  readonly guides: readonly string[];
}

/** Runs frames 100 ms apart unless told otherwise. */
function run(looks: readonly Look[], challenge: Challenge = 'blink'): Run {
  let session = beginCheckIn(start, challenge);
  let now = start;
  const guides: string[] = [];
  for (const [i, { faces, novelty = 'new', everyMs = 100 }] of looks.entries()) {
    now = now.add({ milliseconds: everyMs });
    const observation = sampleObservation(faces, novelty);
    const stepped = stepCheckIn(session, { observation, now, gallery, rule: sampleRule });
    guides.push(stepped.guide);
    if (stepped.outcome !== null) return { outcome: stepped.outcome, frames: i + 1, guides };
    session = stepped.session;
  }
  return { outcome: null, frames: looks.length, guides };
}

const times = (count: number, look: Look): Look[] => Array.from({ length: count }, () => look);
const whyOf = ({ outcome }: Run) => (outcome?.kind === 'use-pin' ? outcome.why : outcome?.kind);

describe('who stands there', () => {
  test('three agreeing living frames ask for the challenge; its end names the person', () => {
    const { outcome, guides } = run([who(5), who(20), who(1), ...blink]);
    expect(guides.slice(0, 3)).toEqual(['hold-still', 'hold-still', 'blink']);
    if (outcome?.kind !== 'matched') throw new Error('not matched');
    expect(outcome).toMatchObject({ challenge: 'blink', agreed: { personId: 'ann', frames: 4 } });
    expect(outcome.agreed.similarity).toBeCloseTo(Math.cos(Math.PI / 9), 5);
  });

  test('the same frame again counts once; an older one again is a recording', () => {
    const still = { ...ann, novelty: 'same' } as const;
    expect(run([ann, ...times(50, still)]).outcome).toBeNull();
    expect(whyOf(run([ann, ann, { ...ann, novelty: 'replayed' }]))).toBe('replayed');
    expect(whyOf(run([ann, ann, ann, { ...ann, novelty: 'replayed' }]))).toBe('replayed');
  });

  test('another person between the frames begins the count again', () => {
    expect(run([ann, ann, who(120), ann, ann]).guides).not.toContain('blink');
    expect(run([ann, ann, who(120), ann, ann, ann]).guides.at(-1)).toBe('blink');
  });

  test('somebody who walks off, or is joined by another, takes the count along', () => {
    const two = {
      faces: [sampleFace(), sampleFace({ box: { x: 0, y: 0, width: 200, height: 240 } })],
    };
    expect(run([ann, ann, nobody, ann, ann]).guides).not.toContain('blink');
    expect(run([ann, ann, two, ann, ann]).guides).not.toContain('blink');
  });

  test('a turned head is not recognised: a turn would be measured against it', () => {
    expect(run([ann, ann, yaw(-20), yaw(-20)]).guides.at(-1)).toBe('face-the-camera');
    expect(run([...times(3, yaw(-20)), yaw(0), yaw(0)], 'turn-right').outcome).toBeNull();
  });

  test('a stranger is asked for the PIN after a dozen good frames', () => {
    const met = run(times(20, who(240)));
    expect(whyOf(met)).toBe('not-recognised');
    expect(met.frames).toBe(12);
  });

  test('a known face that is not alive never agrees, and ends the session', () => {
    const print = face({ liveness: 0.3 });
    const met = run(times(20, print));
    expect(whyOf(met)).toBe('not-live');
    expect(met.guides).not.toContain('blink');
  });

  test('twenty-five seconds without an answer end in the PIN, with or without frames', () => {
    const session = beginCheckIn(start, 'blink');
    const now = start.add({ seconds: 25 });
    const stepped = stepCheckIn(session, { observation: null, now, gallery, rule: sampleRule });
    expect(stepped.outcome).toEqual({ kind: 'use-pin', why: 'too-long' });
  });
});

describe('the challenge', () => {
  const known = times(3, ann);

  test.each([
    ['blink', blink],
    ['turn-left', turnLeft],
    ['turn-right', turnRight],
  ] as const)('%s passes by its own action alone', (challenge, action) => {
    expect(run([...known, ...action], challenge).outcome?.kind).toBe('matched');
    for (const other of ['blink', 'turn-left', 'turn-right'] as const) {
      if (other === challenge) continue;
      const failed = run([...known, ...action, ...times(110, ann)], other);
      expect(whyOf(failed)).toBe('challenge-failed');
    }
  });

  test('a photograph that only looks is out after ten seconds', () => {
    const met = run([...known, ...times(120, ann)]);
    expect(whyOf(met)).toBe('challenge-failed');
    expect(met.frames).toBe(3 + 100);
  });

  test('closed eyes alone, as glare gives them, are no blink', () => {
    expect(run([...known, ...times(60, eyes(1))]).outcome).toBeNull();
  });

  test('the turned head must turn back: then it is compared once more', () => {
    const met = run([...known, yaw(0), yaw(-20), yaw(-22)], 'turn-left');
    expect(met.outcome).toBeNull();
    expect(met.guides.at(-1)).toBe('face-the-camera');
  });

  test('whoever takes the place of the recognised one is refused', () => {
    expect(whyOf(run([...known, ...times(9, who(120))]))).toBe('face-changed');
    expect(whyOf(run([...known, ...times(9, who(240))]))).toBe('face-changed');
  });

  test('a face that goes away begins again, and is asked the same', () => {
    const away = times(9, nobody);
    const met = run([...known, ...away, ...known], 'turn-right');
    expect(met.guides.at(-1)).toBe('turn-right');
    expect(run([...known, ...away, ...turnRight], 'turn-right').outcome).toBeNull();
  });

  test('a face elsewhere in the picture does not answer for the recognised one', () => {
    const box = { x: 0, y: 10, width: 180, height: 220 };
    const elsewhere = [0, -20, -22, 0].map((yawDeg) =>
      face({ box, pose: { yawDeg, pitchDeg: 0, rollDeg: 0 } }),
    );
    expect(run([...known, ...elsewhere], 'turn-left').outcome).toBeNull();
  });
});

test('nobody is named without three living frames, the whole action and a last look of that person', () => {
  const look = fc.record({
    angle: fc.constantFrom(0, 10, 60, 120, 240),
    closed: fc.constantFrom(0, 1),
    yawDeg: fc.constantFrom(0, -20, 20),
    liveness: fc.constantFrom(0.2, 0.9),
    isThere: fc.constantFrom(true, true, true, false),
  });
  fc.assert(
    fc.property(
      fc.array(look, { maxLength: 60 }),
      fc.constantFrom<Challenge>('blink', 'turn-left', 'turn-right'),
      (looks, challenge) => {
        const seen = looks.map(({ angle, closed, yawDeg, liveness, isThere }): Look => {
          const pose = { yawDeg, pitchDeg: 0, rollDeg: 0 };
          const change = {
            template: direction(angle),
            eyesClosed: [closed, closed],
            pose,
            liveness,
          } as const;
          return isThere ? face(change) : nobody;
        });
        const { outcome, frames } = run(seen, challenge);
        if (outcome?.kind !== 'matched') return;
        const expected = outcome.agreed.personId === 'ann' ? 0 : 120;
        const until = looks.slice(0, frames);
        const isOwn = ({ angle }: (typeof looks)[number]) => Math.abs(angle - expected) <= 60;
        const agreeing = until.filter((each) => each.isThere && each.liveness > 0.5 && isOwn(each));
        expect(agreeing.length).toBeGreaterThanOrEqual(4);
        expect(until.at(-1)).toMatchObject({ isThere: true, liveness: 0.9 });
        const has = (match: (each: (typeof looks)[number]) => boolean) => until.some(match);
        if (challenge === 'blink') expect(has(({ closed }) => closed === 1)).toBe(true);
        else
          expect(has(({ yawDeg }) => yawDeg === (challenge === 'turn-left' ? -20 : 20))).toBe(true);
      },
    ),
    { seed: 4, numRuns: 2_000 },
  );
});
