import { expect, it } from 'vitest';
import { planCourse } from './village-courses.ts';

const course = '0190a5d4-0000-7000-8000-0000000000c1 1';

it('learns the same course the same way on every machine, some people not at all, all within minutes', () => {
  const plan = (n: number) => planCourse(String(540202001000 + n), course, 6);
  const plans = Array.from({ length: 500 }, (_, n) => plan(n));
  expect(plan(0)).toEqual(plans[0]);
  const attempts = plans.flatMap((one) => one.attempts);
  expect(attempts.length).toBeGreaterThan(1_500);
  expect(attempts.length).toBeLessThan(2_100);
  const isLater = plans.every(({ downloadMs, attempts: own }) =>
    own.every(({ afterMs }) => afterMs > downloadMs && afterMs < 310_000),
  );
  expect(isLater).toBe(true);
  expect(attempts.every(({ rightShare }) => rightShare >= 0.4 && rightShare <= 1)).toBe(true);
});
