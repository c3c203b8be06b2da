import { expect, it } from 'vitest';
import { planDemo } from './plan-demo.ts';

it('equips the five counties by default and gives every village 3–6 people', () => {
  const plan = planDemo('five-counties');
  expect(plan).toHaveLength(671);
  expect(plan.filter((village) => !village.simulated)).toHaveLength(1);
  for (const { people, placeNames } of plan) {
    expect(people.length).toBeGreaterThanOrEqual(3);
    expect(people.length).toBeLessThanOrEqual(6);
    expect(new Set(people.map((person) => person.name)).size).toBe(people.length);
    expect(placeNames.every((name) => name !== '')).toBe(true);
  }
});

it('is the same on every machine and spreads a small demo over the counties', () => {
  expect(planDemo(6)).toEqual(planDemo(6));
  expect(new Set(planDemo(5).map(({ region }) => region.slice(0, 6))).size).toBe(5);
  expect(planDemo('all')).toHaveLength(1693);
});
