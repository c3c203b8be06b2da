import type { AttentionItem } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { chooseShown } from './choose-shown.ts';

const item = (kind: AttentionItem['kind'], hour: number, count = 1): AttentionItem => ({
  id: `${kind}/${hour}`,
  kind,
  region: '5402',
  since: `2026-11-23T0${hour}:00:00.000Z`,
  count,
  detail: '',
});

test('where all fit, all are shown as they stand', () => {
  const items = [item('terminal-offline', 1), item('region-dark', 2, 44)];
  expect(chooseShown(items, 2)).toEqual(items);
});

test('where not all fit, a new outage stays and old single terminals go, still oldest first', () => {
  const items = [
    item('terminal-offline', 1),
    item('terminal-offline', 2),
    item('source-trouble', 3),
    item('region-dark', 4, 5),
    item('region-dark', 5, 44),
    item('part-down', 6),
  ];
  expect(chooseShown(items, 3).map(({ kind, count }) => [kind, count])).toEqual([
    ['region-dark', 5],
    ['region-dark', 44],
    ['part-down', 1],
  ]);
  expect(chooseShown(items, 2).map(({ count }) => count)).toEqual([44, 1]);
});

test('an overdue complaint stays before a single terminal and goes before a lying source', () => {
  const items = [
    item('terminal-offline', 1),
    item('complaint-overdue', 2),
    item('source-trouble', 3),
  ];
  expect(chooseShown(items, 2).map(({ kind }) => kind)).toEqual([
    'complaint-overdue',
    'source-trouble',
  ]);
  expect(chooseShown(items, 1).map(({ kind }) => kind)).toEqual(['source-trouble']);
});
