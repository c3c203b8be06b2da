import { faceLimits } from '#domain/face-limits.ts';

/** Keys of the frames with a face that were seen lately, the oldest first: of this session and those before it. */
export interface FrameMemory {
  readonly keys: readonly string[];
}

/** `same`: the frame before once more, as a slow camera gives it. `replayed`: shown before that: a recording. */
export type Novelty = 'new' | 'same' | 'replayed';

export const noFrames: FrameMemory = { keys: [] };

/**
 * Whether a frame is new. The noise of a sensor never repeats, so equal pixels come from a frozen
 * camera or from a recording played again. Remembers the newest `rememberedFrames`.
 */
export function meetFrame(
  memory: FrameMemory,
  key: string,
): { readonly memory: FrameMemory; readonly novelty: Novelty } {
  const { keys } = memory;
  if (keys.at(-1) === key) return { memory, novelty: 'same' };
  if (keys.includes(key)) return { memory, novelty: 'replayed' };
  const kept = [...keys, key].slice(-faceLimits.rememberedFrames);
  return { memory: { keys: kept }, novelty: 'new' };
}
