import { expect, it } from 'vitest';
import { planNoticeReply } from './village-notices.ts';

const noticeId = '0190a5d4-0000-7000-8000-0000000000b1';

it('reads the same notice the same way on every machine, most villages within two minutes, some not at all', () => {
  const plan = (n: number) => planNoticeReply(String(540202001000 + n), noticeId);
  const replies = Array.from({ length: 1000 }, (_, n) => plan(n));
  expect(plan(0)).toEqual(replies[0]);
  const waits = replies.flatMap(({ afterMs }) => (afterMs === null ? [] : [afterMs]));
  expect(waits.length).toBeGreaterThan(700);
  expect(waits.length).toBeLessThan(900);
  expect(Math.max(...waits)).toBeLessThanOrEqual(123_000);
});
