import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Challenge, Guide } from '@sightline/contracts';
import {
  drawOf,
  Gallery,
  openEyes,
  openFaceDesk,
  openPageCamera,
} from '@sightline/edge-agent/face-desk';
import { meanTemplate, type RgbFrame } from '@sightline/models';
import { decodeFrames, ensureFootage } from '@sightline/models/testing';

const framesPerSecond = 12.5;
/** From the word on the screen to the first movement. */
const reactionMs = 700;
const sessionMs = 30_000;
const challenges: readonly Challenge[] = ['blink', 'turn-left', 'turn-right'];

/** The man at the webcam, cut into what he does; to his right he turns in a mirror. */
interface Acts extends Readonly<Record<Challenge, readonly RgbFrame[]>> {
  readonly look: readonly RgbFrame[];
}

/**
 * Whole face sessions by the agent's own face desk: frames come at the pace of the kiosk page's camera; the man looks,
 * and 0.7 s after he is asked he does it. From the press to the end of the session; the fact's `fdatasync` comes on top.
 */
export async function pressToDone(options: {
  readonly weightsDir: string;
  readonly sessions: number;
}): Promise<{ readonly sessions: number; readonly doneMs: readonly number[] }> {
  const acts = await filmActs();
  const dir = await mkdtemp(join(tmpdir(), 'sightline-bench-'));
  const doneMs: number[] = [];
  try {
    for (let i = 0; i < options.sessions; i += 1) {
      const challenge = challenges[i % challenges.length] ?? 'blink';
      const ms = await oneSession({ acts, dir, challenge, weightsDir: options.weightsDir });
      if (ms !== null) doneMs.push(ms);
    }
  } finally {
    await rm(dir, { recursive: true });
  }
  return { sessions: options.sessions, doneMs };
}

async function filmActs(): Promise<Acts> {
  const file = (await ensureFootage())('cap13_edit2.mp4');
  const film = (startSeconds: number, seconds: number, mirror = '') =>
    decodeFrames(file, {
      startSeconds,
      framesPerSecond,
      count: Math.round(seconds * framesPerSecond),
      filter: `scale=640:480${mirror}`,
    });
  return {
    look: await film(14, 2),
    blink: await film(16.7, 1),
    'turn-left': await film(19.8, 1.5),
    'turn-right': await film(19.8, 1.5, ',hflip'),
  };
}

interface Session {
  readonly acts: Acts;
  readonly dir: string;
  readonly challenge: Challenge;
  readonly weightsDir: string;
}

/** Milliseconds until the man is recognised, or null when he is not. */
async function oneSession({ acts, dir, challenge, weightsDir }: Session): Promise<number | null> {
  await using eyes = await openEyes({ weightsDir, log: { warn: () => undefined } });
  await using camera = openPageCamera();
  camera.tell({ state: 'ready', detail: null });
  const gallery = await Gallery.open({ dir, model: eyes.model });
  if (gallery.entries().length === 0) await enrol(gallery, acts, eyes);
  const ended = Promise.withResolvers<number | null>();
  let askedAtMs: number | null = null;
  const startedMs = performance.now();
  using desk = openFaceDesk({
    camera,
    eyes,
    gallery,
    randomness: () => drawOf(challenge),
    isEnabled: () => true,
    mayLookUnasked: () => true,
    isOnDuty: () => false,
    onGuide: (guide: Guide) => {
      if (guide === challenge) askedAtMs ??= performance.now();
    },
    onEnd: (end) => ended.resolve(end.kind === 'matched' ? performance.now() - startedMs : null),
    onChange: () => undefined,
  });
  desk.startCheckIn();
  const over = new AbortController();
  const done = Promise.race([ended.promise, pause(sessionMs, null, { signal: over.signal })]);
  void done.finally(() => over.abort());
  const noisy = sensor();
  for (let at = 0; !over.signal.aborted; at += 1) {
    camera.offer(noisy(frameAt(acts, { challenge, at, askedAtMs })));
    await pause(1000 / framesPerSecond);
  }
  return done;
}

async function enrol(
  gallery: Gallery,
  { look }: Acts,
  eyes: Awaited<ReturnType<typeof openEyes>>,
): Promise<void> {
  const templates: Float32Array[] = [];
  for (const frame of look.slice(0, 5)) {
    const [face] = (await eyes.read(frame)) ?? [];
    if (face !== undefined) templates.push(face.template);
  }
  await gallery.put('the man', meanTemplate(templates));
}

function frameAt(
  acts: Acts,
  moment: { readonly challenge: Challenge; readonly at: number; readonly askedAtMs: number | null },
): RgbFrame {
  const { challenge, at, askedAtMs } = moment;
  const sinceMs = askedAtMs === null ? 0 : performance.now() - askedAtMs - reactionMs;
  const act = acts[challenge][Math.floor((sinceMs / 1000) * framesPerSecond)];
  const frame = sinceMs > 0 ? act : undefined;
  return frame ?? pick(acts.look, at);
}

function pick(frames: readonly RgbFrame[], at: number): RgbFrame {
  const frame = frames[at % frames.length];
  if (frame === undefined) throw new Error('The film has no frames.');
  return frame;
}

/** A sensor's noise in a few pixels, so that no frame is another one again. */
function sensor(): (frame: RgbFrame) => RgbFrame {
  let noise = 1;
  return (frame) => {
    const pixels = frame.pixels.slice();
    for (let i = 0; i < 64; i += 1) {
      noise = (noise * 48_271) % 2_147_483_647; // Lehmer's generator.
      const at = noise % pixels.length;
      pixels[at] = (pixels[at] ?? 0) ^ 1;
    }
    return { ...frame, pixels };
  };
}
