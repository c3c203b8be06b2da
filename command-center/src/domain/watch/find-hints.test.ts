import type { LedgerHint } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { findHints } from './find-hints.ts';

const people = (...ids: string[]) => ids.map((personId) => ({ personId, name: null }));
const pair = (
  kind: LedgerHint['kind'],
  second: number,
  [a, b]: readonly [string, string],
  region = '540235100201',
): LedgerHint => {
  const at = Temporal.Instant.from('2026-11-23T00:00:00Z').add({ seconds: second }).toString();
  return { kind, region, at, people: people(a, b) };
};

test('three people one after the other are one hint, in the order they came', () => {
  const found = findHints([pair('together', 40, ['b', 'c']), pair('together', 0, ['a', 'b'])]);
  expect(found).toEqual([{ ...pair('together', 0, ['a', 'b']), people: people('a', 'b', 'c') }]);
});

test('those of another time, another village or another kind stay apart', () => {
  const pairs = [
    pair('together', 400, ['b', 'c']),
    pair('together', 0, ['a', 'b']),
    pair('together', 0, ['a', 'b'], '540235100202'),
    pair('two-posts', 0, ['a', 'a']),
  ];
  expect(findHints(pairs).map(({ people: found }) => found.length)).toEqual([2, 2, 2, 1]);
});
