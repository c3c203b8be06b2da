import { expect, test } from 'vitest';
import { keepChannel, keptChannel } from './kept-channel.ts';

/** The one thing a page keeps. */
function storageOf(text: string | null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}

test('the channel is kept for its meeting alone, and nothing else is taken for one', () => {
  const storage = storageOf(null);
  expect(keptChannel(storage, 'a')).toBe('floor');
  keepChannel(storage, 'a', 'bo');
  expect([keptChannel(storage, 'a'), keptChannel(storage, 'b')]).toEqual(['bo', 'floor']);
  keepChannel(storage, 'b', 'zh');
  expect([keptChannel(storage, 'a'), keptChannel(storage, 'b')]).toEqual(['floor', 'zh']);
  keepChannel(storage, 'b', 'floor');
  expect(keptChannel(storage, 'b')).toBe('floor');
  for (const spoilt of ['', 'a', 'a fr', '{"a":"bo"}']) {
    expect(keptChannel(storageOf(spoilt), 'a')).toBe('floor');
  }
});
