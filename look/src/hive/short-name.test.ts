import { expect, test } from 'vitest';
import { shortNameOf } from './short-name.ts';

test.each([
  ['南木林县', '南木林'],
  ['桑珠孜区', '桑珠孜'],
  ['坚孜村', '坚孜'],
  ['贡村', '贡村'],
  ['教武场社区居民委员会', '教武场社区'],
  ['城南街道', '城南街道'],
])('%s is called %s', (name, short) => {
  expect(shortNameOf(name)).toBe(short);
});
