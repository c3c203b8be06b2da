import type { LiveCell } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { causeOf } from './attention-cause.ts';
import { findAttention } from './attention.ts';
import { attentionAtMost } from './live-limits.ts';

const at = (minute: number, second = 0): string =>
  Temporal.Instant.from('2026-11-23T12:00:00Z')
    .add({ minutes: minute, seconds: second })
    .toString({ fractionalSecondDigits: 3 });

const cell = (region: string, status: LiveCell['status'], since: string | null): LiveCell => ({
  region,
  status,
  since,
  checkedIn: null,
  simulated: true,
});

const village = (township: string, index: number): string =>
  `${township}${String(index).padStart(3, '0')}`;

const nothingElse = { troubles: [], overdue: [], parts: [], region: '5402' };

test('a county that goes dark within minutes is one item with its count, not one a village', () => {
  const cells = Array.from({ length: 179 }, (_, index) =>
    cell(village(index % 2 === 0 ? '540202100' : '540202101', index), 'offline', at(0, index)),
  );
  const items = findAttention({ cells, ...nothingElse });
  expect(items).toEqual([
    {
      id: `region-dark/540202/${at(0)}`,
      kind: 'region-dark',
      region: '540202',
      since: at(0),
      count: 179,
      detail: '179',
    },
  ]);
});

test('silences of one township are named by the township, and tell how many are equipped there', () => {
  const dark = [0, 1, 2, 3, 4].map((i) => cell(village('540235100', i), 'stale', at(0, i * 30)));
  const well = [5, 6].map((i) => cell(village('540235100', i), 'online', at(-60)));
  const elsewhere = [cell(village('540235101', 1), 'online', at(-60))];
  const unequipped = [cell(village('540235100', 9), 'not-equipped', null)];
  const [item, ...rest] = findAttention({
    cells: [...dark, ...well, ...elsewhere, ...unequipped],
    ...nothingElse,
  });
  expect(rest).toEqual([]);
  expect(item).toMatchObject({ kind: 'region-dark', region: '540235100', count: 5, detail: '7' });
});

test('a few of many that are unsteady by chance are no outage, but a township among them is one', () => {
  const county = (dark: readonly string[]) =>
    Array.from({ length: 100 }, (_, index) =>
      village(`5402021${String(index % 10).padStart(2, '0')}`, index),
    ).map((region) => cell(region, dark.includes(region) ? 'stale' : 'online', at(0)));
  const scattered = [0, 1, 2, 3, 4, 5].map((i) => village(`54020210${i}`, i));
  expect(findAttention({ cells: county(scattered), ...nothingElse })).toEqual([]);
  const township = [3, 13, 23, 33, 43].map((i) => village('540202103', i));
  const items = findAttention({
    cells: county([...scattered.slice(0, 2), ...township]),
    ...nothingElse,
  });
  expect(items).toMatchObject([
    { kind: 'region-dark', region: '540202103', count: 5, detail: '10' },
  ]);
});

test('two counties that go dark at the same moment stay two items', () => {
  const cells = ['540202100', '540235100'].flatMap((township) =>
    [0, 1, 2, 3, 4].map((i) => cell(village(township, i), 'offline', at(0))),
  );
  expect(findAttention({ cells, ...nothingElse }).map((item) => item.region)).toEqual([
    '540202100',
    '540235100',
  ]);
});

/** 500 terminals in ten townships of a county, dark one after the other within ten minutes. */
const darkCounty = (county: string, from: string): LiveCell[] =>
  Array.from({ length: 500 }, (_, index) =>
    cell(
      village(`${county}1${String(index % 10).padStart(2, '0')}`, index),
      'offline',
      Temporal.Instant.from(from)
        .add({ seconds: Math.floor(index * 1.2) })
        .toString({ fractionalSecondDigits: 3 }),
    ),
  );

test('500 dark terminals of a county are one item, the stragglers of the next minutes with them', () => {
  const stragglers = [14, 17, 19].map((minute, index) =>
    cell(village('540202100', 900 + index), 'offline', at(minute)),
  );
  const well = [1, 2, 3].map((i) => cell(village('540202109', 950 + i), 'online', at(-60)));
  const cells = [...darkCounty('540202', at(0)), ...stragglers, ...well];
  expect(findAttention({ cells, ...nothingElse })).toMatchObject([
    { kind: 'region-dark', region: '540202', since: at(0), count: 503, detail: '506' },
  ]);
});

test('who was gone before an outage, or goes long after it, is no part of it', () => {
  const long = cell(village('540202100', 900), 'offline', at(-120));
  const late = cell(village('540202100', 901), 'offline', at(45));
  const items = findAttention({
    cells: [long, ...darkCounty('540202', at(0)), late],
    ...nothingElse,
  });
  expect(items.map(({ kind, region, count }) => [kind, region, count])).toEqual([
    ['terminal-offline', long.region, 1],
    ['region-dark', '540202', 500],
    ['terminal-offline', late.region, 1],
  ]);
});

test('two counties that go dark at the same moment, 500 terminals each, are two items', () => {
  const cells = [...darkCounty('540202', at(0)), ...darkCounty('540235', at(0))];
  expect(findAttention({ cells, ...nothingElse })).toMatchObject([
    { kind: 'region-dark', region: '540202', count: 500, detail: '500' },
    { kind: 'region-dark', region: '540235', count: 500, detail: '500' },
  ]);
});

test('a county whose second half goes dark after a pause of minutes is still one item', () => {
  const [first, second] = [darkCounty('540202', at(0)), darkCounty('540202', at(7))];
  const cells = [...first.slice(0, 250), ...second.slice(250)];
  expect(findAttention({ cells, ...nothingElse })).toMatchObject([
    { kind: 'region-dark', region: '540202', count: 500 },
  ]);
});

test('a shared cause is supposed only where most of a place went at once', () => {
  expect(causeOf({ count: 500, detail: '506' })).toBe('shared');
  expect(causeOf({ count: 15, detail: '179' })).toBe('some');
});

test('a single offline terminal stands alone; one that is only unsteady does not ask for a person', () => {
  const cells = [
    cell(village('540202100', 1), 'offline', at(-30)),
    cell(village('540202100', 2), 'stale', at(0)),
    cell(village('540202100', 3), 'unknown', at(0)),
    cell(village('540202100', 4), 'not-equipped', null),
  ];
  expect(findAttention({ cells, ...nothingElse })).toEqual([
    {
      id: 'terminal-offline/540202100001',
      kind: 'terminal-offline',
      region: '540202100001',
      since: at(-30),
      count: 1,
      detail: '',
    },
  ]);
});

test('a lying source and a part that is down stand in the same list, the oldest first', () => {
  const items = findAttention({
    ...nothingElse,
    cells: [],
    troubles: [{ source: 'S', region: '540202100001', reason: 'fork', count: 2, since: at(5) }],
    parts: [
      { name: 'broker', state: 'down', since: at(1) },
      { name: 'database', state: 'up', since: at(0) },
    ],
  });
  expect(items.map(({ kind, detail, count }) => [kind, detail, count])).toEqual([
    ['part-down', 'broker', 1],
    ['source-trouble', 'fork', 2],
  ]);
});

test('overdue complaints are one item a township, in their place among the oldest', () => {
  const items = findAttention({
    ...nothingElse,
    cells: [cell(village('540202100', 1), 'offline', at(-30))],
    overdue: [
      { region: '540202100', count: 3, since: at(-60) },
      { region: '540235', count: 1, since: at(-5) },
    ],
  });
  expect(items.map(({ kind }) => kind)).toEqual([
    'complaint-overdue',
    'terminal-offline',
    'complaint-overdue',
  ]);
  expect(items[0]).toEqual({
    id: 'complaint-overdue/540202100',
    kind: 'complaint-overdue',
    region: '540202100',
    since: at(-60),
    count: 3,
    detail: '',
  });
});

test('complaints overdue in every township never push a new outage out of the list', () => {
  const overdue = Array.from({ length: 150 }, (_, index) => ({
    region: `540235${index + 100}`,
    count: 1,
    since: at(-10_000 + index),
  }));
  const items = findAttention({
    ...nothingElse,
    cells: darkCounty('540202', at(0)),
    overdue,
  });
  expect(items).toHaveLength(attentionAtMost);
  expect(items.at(-1)).toMatchObject({ kind: 'region-dark', region: '540202' });
});
