import { isRefusal } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decideSpotCheck,
  refuseCallBack,
  refuseWithdrawal,
  spotCheckQuota,
  type AskedVillage,
} from './decide-spot-check.ts';

const runs = { numRuns: 10_000, seed: 5402 };
const villages: fc.Arbitrary<AskedVillage[]> = fc
  .array(fc.record({ isEquipped: fc.boolean(), rungToday: fc.integer({ min: 0, max: 4 }) }), {
    maxLength: 12,
  })
  .map((all) => all.map((one, index) => ({ region: `5402351002${10 + index}`, ...one })));

it('rings every village that may ring, and says of each other one why not', () => {
  fc.assert(
    fc.property(villages, fc.integer({ min: 0, max: 8 }), (asked, ordersThisHour) => {
      const decided = decideSpotCheck({ villages: asked, ordersThisHour });
      const mayRing = asked.filter(
        ({ isEquipped, rungToday }) => isEquipped && rungToday < spotCheckQuota.perVillageAndDay,
      );
      const isOver = ordersThisHour >= spotCheckQuota.perAccountAndHour;
      expect(isRefusal(decided)).toBe(isOver || mayRing.length === 0);
      if (isRefusal(decided)) return;
      expect(decided.rings).toEqual(mayRing.map(({ region }) => region));
      const all = [...decided.rings, ...decided.leftOut.map(({ region }) => region)];
      expect(all.toSorted()).toEqual(asked.map(({ region }) => region));
      for (const { region, why } of decided.leftOut) {
        const village = asked.find((one) => one.region === region);
        expect(why).toBe(village?.isEquipped === true ? 'quota-used' : 'not-equipped');
      }
    }),
    runs,
  );
});

it('no village is rung more often than its quota, however orders follow each other', () => {
  fc.assert(
    fc.property(fc.array(villages, { minLength: 1, maxLength: 8 }), (orders) => {
      const rung = new Map<string, number>();
      for (const asked of orders) {
        const known = asked.map((one) => ({ ...one, rungToday: rung.get(one.region) ?? 0 }));
        const decided = decideSpotCheck({ villages: known, ordersThisHour: 0 });
        if (isRefusal(decided)) continue;
        for (const region of decided.rings) rung.set(region, (rung.get(region) ?? 0) + 1);
      }
      for (const count of rung.values()) {
        expect(count).toBeLessThanOrEqual(spotCheckQuota.perVillageAndDay);
      }
    }),
    runs,
  );
});

it('is withdrawn while it rings, once; a call back is noted only where a village asked for one', () => {
  const until = '2026-11-23T04:05:00.000Z';
  const at = (text: string) => Temporal.Instant.from(text);
  const codeOf = (refusal: unknown) => (isRefusal(refusal) ? refusal.code : null);
  const early = at('2026-11-23T04:04:59.999Z');
  expect(refuseWithdrawal({ until, isWithdrawn: false }, early)).toBeNull();
  expect(codeOf(refuseWithdrawal({ until, isWithdrawn: true }, early))).toBe('withdrawn-before');
  expect(codeOf(refuseWithdrawal({ until, isWithdrawn: false }, at(until)))).toBe('already-over');
  expect(codeOf(refuseCallBack(null))).toBe('not-rung');
  expect(codeOf(refuseCallBack({ asked: false }))).toBe('no-call-asked');
  expect(refuseCallBack({ asked: true })).toBeNull();
});
