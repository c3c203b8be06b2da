import type { LiveCell } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { figuresBelow, figuresOf } from './live-figures.ts';

const shift = '2026-11-23/day';
const cell = (
  region: string,
  status: LiveCell['status'],
  signed = shift,
  method = 'pin',
): LiveCell => ({
  region,
  status,
  since: `2026-11-23T0${region.at(-1)}:00:00.000Z`,
  checkedIn: signed === '' ? null : { shift: signed, at: '2026-11-23T01:00:00.000Z', method },
  simulated: true,
});
const cells = [
  cell('540202100001', 'online'),
  cell('540202100002', 'online', shift, 'face'),
  cell('540202100003', 'offline', '2026-11-22/night'),
  cell('540202101004', 'offline'),
  cell('540235100005', 'stale', ''),
  cell('540235100006', 'not-equipped', ''),
];
const input = { cells, shift, doubt: { kind: 'none' } } as const;

test('on duty counts equipped villages whose newest check-in is of the current shift', () => {
  const figures = figuresOf('5402', input);
  expect(figures).toMatchObject({
    equipped: 5,
    onDuty: 3,
    reach: { online: 2, stale: 1, offline: 2, unknown: 0 },
    onDutyBy: { online: 2, stale: 0, offline: 1, unknown: 0 },
  });
  expect(figures.longestSince.offline).toBe('2026-11-23T03:00:00.000Z');
  expect([...figures.byMethod]).toEqual([
    ['pin', 2],
    ['face', 1],
  ]);
});

test('the divisions below stand in code order and sum up to the whole', () => {
  const counties = figuresBelow('5402', input);
  expect(counties.map(({ region, equipped, onDuty }) => [region, equipped, onDuty])).toEqual([
    ['540202', 4, 3],
    ['540235', 1, 0],
  ]);
  expect(figuresBelow('540202', input).map(({ region }) => region)).toEqual([
    '540202100',
    '540202101',
  ]);
});

test('under doubt every reach is unknown since the doubt, while who signed in stays counted', () => {
  const since = '2026-11-23T02:00:00.000Z';
  const figures = figuresOf('5402', { ...input, doubt: { kind: 'database', since } });
  expect(figures.reach).toEqual({ online: 0, stale: 0, offline: 0, unknown: 5 });
  expect(figures.longestSince.unknown).toBe(since);
  expect(figures.onDuty).toBe(3);
});
