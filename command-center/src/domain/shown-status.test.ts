import type { PartHealth } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { doubtOf, shownStatus } from './shown-status.ts';

const since = '2026-11-23T12:00:00.000Z';
const part = (name: string, state: PartHealth['state'] = 'up'): PartHealth => ({
  name,
  state,
  since,
});
const well = [part('database'), part('broker'), part('projector')];
const link = { pulseAtMs: 10_000, pulseAt: since };

test('with a fresh pulse and every part up nothing is doubted', () => {
  expect(doubtOf(link, well, 13_000)).toEqual({ kind: 'none' });
});

test('after 3 s without a pulse the page doubts its link', () => {
  expect(doubtOf(link, well, 13_001)).toEqual({ kind: 'link', since });
  const never = { pulseAtMs: null, pulseAt: null };
  expect(doubtOf(never, [], 0)).toEqual({ kind: 'link', since: null });
});

test.each(['database', 'projector', 'broker'] as const)('with the %s down it is named', (name) => {
  const health = well.map((given) => (given.name === name ? part(name, 'down') : given));
  expect(doubtOf(link, health, 10_000)).toEqual({ kind: name, since });
});

test('the database is named before what can no longer be asked through it', () => {
  const health = [part('database', 'down'), part('broker', 'unknown'), part('projector', 'down')];
  expect(doubtOf(link, health, 10_000)).toEqual({ kind: 'database', since });
});

test('a doubted status is shown as unknown since the doubt; not equipped and unknown keep their own', () => {
  const doubt = { kind: 'database', since } as const;
  const before = '2026-11-23T09:00:00.000Z';
  for (const status of ['online', 'stale', 'offline'] as const) {
    expect(shownStatus({ status, since: before }, doubt)).toEqual({ status: 'unknown', since });
    expect(shownStatus({ status, since: before }, { kind: 'none' })).toEqual({
      status,
      since: before,
    });
  }
  expect(shownStatus({ status: 'not-equipped', since: null }, doubt).status).toBe('not-equipped');
  expect(shownStatus({ status: 'unknown', since: before }, doubt).since).toBe(before);
});
