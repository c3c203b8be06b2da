import { expect, it } from 'vitest';
import { dueCheckIns, isDark, planVillageLife } from './village-life.ts';

const people = ['a', 'b', 'c'];
const hourMs = 3_600_000;

it('lives the same shift the same way, and another shift differently', () => {
  const life = planVillageLife('540202001001', '2026-11-23/day', people);
  expect(planVillageLife('540202001001', '2026-11-23/day', people)).toEqual(life);
  expect(planVillageLife('540202001001', '2026-11-23/night', people)).not.toEqual(life);
});

it('spreads what was due before it started, and loses nobody by the end of the shift', () => {
  const life = planVillageLife('540202001001', '2026-11-23/day', people);
  const start = { sinceShiftMs: 6 * hourMs, sinceStartMs: 0 };
  expect(dueCheckIns(life, start).length).toBeLessThanOrEqual(1);
  const end = { sinceShiftMs: 12 * hourMs, sinceStartMs: 6 * hourMs };
  expect(dueCheckIns(life, end)).toEqual(life.checkIns.map(({ personId }) => personId));
});

it('leaves some villages without a watch and some without a link, as life does', () => {
  const lives = Array.from({ length: 1000 }, (_, n) =>
    planVillageLife(String(540202001000 + n), '2026-11-23/day', people),
  );
  const empty = lives.filter(({ checkIns }) => checkIns.length === 0).length;
  const dark = lives.filter((life) => life.dark !== null);
  expect(empty).toBeGreaterThan(15);
  expect(empty).toBeLessThan(80);
  expect(dark.length).toBeGreaterThan(25);
  expect(dark.every((life) => isDark(life, life.dark?.fromMs ?? -1))).toBe(true);
});
