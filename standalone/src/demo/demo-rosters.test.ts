import { unpackRoster } from '@sightline/contracts';
import { readDesired, readRosterTroubles, seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { fillRosters } from './demo-rosters.ts';
import { planDemo } from './plan-demo.ts';
import { seedDemo } from './seed-demo.ts';

test('every village of the demo has a roster of 40 days without gaps, once', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const villages = 12;
  const plan = planDemo(villages);
  await seedDemo(store, plan, { isHere: async () => true, report: () => {} });
  const { signal } = new AbortController();
  expect(await fillRosters(store, { villages, signal })).toBe(villages);
  expect(await fillRosters(store, { villages, signal })).toBe(0);
  const today = Temporal.Now.zonedDateTimeISO('Asia/Shanghai').toPlainDate();
  const from = today.subtract({ days: 1 }).toString();
  const troubles = await readRosterTroubles(store.pool, {
    scope: '5402',
    from,
    to: today.add({ days: 32 }).toString(),
    fromShift: `${from}/day`,
    after: null,
    limit: 50,
  });
  expect(troubles).toEqual([]);
  const roster = (await readDesired(store.pool, plan[0]?.terminalId ?? ''))?.roster;
  const slots = roster === undefined ? [] : unpackRoster(roster);
  expect(slots.filter(({ post }) => post === 'watch')).toHaveLength(2 * 37);
});
