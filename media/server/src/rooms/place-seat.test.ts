import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '#limits.ts';
import { placeSeat } from './place-seat.ts';

const most = { seats: 5, routers: 4 };
/** Somebody comes, somebody of a router leaves, a router is lost with all its seats. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ does: 'come' } as const) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('leave' as const), at: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('lose' as const), at: fc.nat(3) }) },
);

test('seats go where there are fewest, never above the limit, and a router is made only when all are full', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const routers: { seats: number }[] = [];
      for (const one of steps) {
        if (one.does === 'come') come(routers);
        else if (one.does === 'lose') routers.splice(one.at, 1);
        else {
          const router = routers[one.at];
          if (router !== undefined) router.seats = Math.max(0, router.seats - 1);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

function come(routers: { seats: number }[]): void {
  const at = placeSeat(routers, most);
  const least = Math.min(...routers.map(({ seats }) => seats));
  if (typeof at === 'number') {
    const router = routers[at];
    expect(router?.seats).toBe(least);
    expect(router?.seats).toBeLessThan(most.seats);
    if (router !== undefined) router.seats += 1;
    return;
  }
  expect(least).toBeGreaterThanOrEqual(most.seats);
  expect(at).toBe(routers.length < most.routers ? 'new' : null);
  if (at === 'new') routers.push({ seats: 1 });
}

test('after a loss those who come back fill the others evenly', () => {
  const routers = [5, 2, 0].map((seats) => ({ seats }));
  for (let n = 0; n < 8; n += 1) come(routers);
  expect(routers.map(({ seats }) => seats)).toEqual([5, 5, 5]);
});

test('a meeting of a whole prefecture, and the largest there may be, find a place for every seat', () => {
  for (const seats of [743, 2_001]) {
    const routers: { seats: number }[] = [];
    for (let n = 0; n < seats; n += 1) {
      const at = placeSeat(routers, limits.placement);
      const router = typeof at === 'number' ? routers[at] : undefined;
      if (router !== undefined) router.seats += 1;
      else if (at === 'new') routers.push({ seats: 1 });
    }
    expect(routers.reduce((sum, router) => sum + router.seats, 0)).toBe(seats);
    expect(routers.length).toBe(Math.ceil(seats / limits.placement.seats));
  }
});
