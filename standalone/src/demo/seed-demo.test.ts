import { enrolSource, listTerminals, seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { isRefusal } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { planDemo } from './plan-demo.ts';
import { seedDemo } from './seed-demo.ts';

const report = () => {};
const now = () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });

test('a terminal enrolled in this folder keeps its key; one whose folder is elsewhere gets a new code', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const plan = planDemo(3);
  const [kept, moved] = plan;
  const seed = (here: readonly (string | undefined)[]) =>
    seedDemo(store, plan, { isHere: async ({ terminalId }) => here.includes(terminalId), report });

  const first = await seed([]);
  expect(first.map(({ code }) => code === null)).toEqual([false, false, false]);
  for (const { code, terminalId } of first.slice(0, 2)) {
    const key = { publicKey: 'none', fingerprint: `first of ${terminalId}` };
    const reply = await enrolSource(store, { code: code ?? '', ...key, now: now() });
    expect(isRefusal(reply)).toBe(false);
  }
  const both = await seed([kept?.terminalId, moved?.terminalId]);
  expect(both.map(({ code }) => code === null)).toEqual([true, true, false]);

  const again = await seed([kept?.terminalId]);
  expect(again.map(({ code }) => code === null)).toEqual([true, false, false]);
  const key = { publicKey: 'none', fingerprint: 'second' };
  await enrolSource(store, { code: again[1]?.code ?? '', ...key, now: now() });
  const rows = await listTerminals(store.pool, '5402', { limit: 10 });
  const sourceOf = (id: string | undefined) =>
    rows.find(({ terminalId }) => terminalId === id)?.source;
  expect([sourceOf(kept?.terminalId), sourceOf(moved?.terminalId)]).toEqual([
    `first of ${kept?.terminalId ?? ''}`,
    'second',
  ]);
});
