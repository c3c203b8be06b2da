import { expect, it } from 'vitest';
import { planCheckReply } from './village-checks.ts';

const checkId = '0190a5d4-0000-7000-8000-0000000000c1';
const replies = Array.from({ length: 1000 }, (_, n) =>
  planCheckReply(String(540202001000 + n), checkId),
);

it('answers the same check the same way on every machine, and another one differently', () => {
  expect(planCheckReply('540202001000', checkId)).toEqual(replies[0]);
  const other = checkId.replace('c1', 'c2');
  expect(planCheckReply('540202001000', other)).not.toEqual(replies[0]);
});

it('leaves some villages silent and has most answer within a minute, as people do', () => {
  const silent = replies.filter(({ afterMs }) => afterMs === null).length;
  expect(silent).toBeGreaterThan(30);
  expect(silent).toBeLessThan(100);
  const waits = replies.flatMap(({ afterMs }) => (afterMs === null ? [] : [afterMs]));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_000);
  expect(Math.max(...waits)).toBeLessThan(60_000);
});
