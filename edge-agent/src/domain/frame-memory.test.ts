import { expect, test } from 'vitest';
import { faceLimits } from '#domain/face-limits.ts';
import { meetFrame, noFrames, type FrameMemory } from '#domain/frame-memory.ts';

function meetAll(keys: readonly string[]): string[] {
  let memory: FrameMemory = noFrames;
  return keys.map((key) => {
    const met = meetFrame(memory, key);
    memory = met.memory;
    return met.novelty;
  });
}

test('a frame is new once, the same while it stands, and replayed when others came between', () => {
  expect(meetAll(['a', 'a', 'b', 'a', 'c', 'b'])).toEqual([
    'new',
    'same',
    'new',
    'replayed',
    'new',
    'replayed',
  ]);
});

test('the memory has an end: the oldest frame is forgotten', () => {
  const keys = Array.from({ length: faceLimits.rememberedFrames + 1 }, (_, i) => String(i));
  expect(meetAll([...keys, '0', '5']).slice(-2)).toEqual(['new', 'replayed']);
});
