import { join } from 'node:path';
import { fetchFootage } from '#fetch/fetch-footage.ts';
import { fetchWeights } from '#fetch/fetch-weights.ts';

export { ATTACK_MOTIONS, heldUpPhotographs, motionOf } from '#testing/attack-variants.ts';
export type { AttackMotion } from '#testing/attack-variants.ts';
export { decodeFrames } from '#film/decode-frames.ts';
export type { DecodeOptions } from '#film/decode-frames.ts';
export { openTimedPipeline } from '#reader/measure-stages.ts';
export type { TimedPipeline, TimedRead } from '#reader/measure-stages.ts';

export { filmScene, type Scene } from '#testing/film-scene.ts';

/** For tests: the networks stand in `models/weights`; gives that folder. */
export async function ensureWeights(): Promise<string> {
  const { dir } = await fetchWeights();
  return dir;
}

/** For tests: the clips and portraits stand in `models/footage`; gives a function from a file's name to its path. */
export async function ensureFootage(): Promise<(name: string) => string> {
  const { dir } = await fetchFootage();
  return (name) => join(dir, name);
}
