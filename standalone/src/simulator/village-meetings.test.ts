import { expect, it } from 'vitest';
import { planMeetingReply, planRollCallReply } from './village-meetings.ts';

const meetingId = '0190a5d4-0000-7000-8000-0000000000c1';
const regions = Array.from({ length: 1000 }, (_, n) => String(540202001000 + n));
const share = (all: readonly unknown[], some: readonly unknown[]) => some.length / all.length;

it('answers the same meeting the same way on every machine, and most accept', () => {
  const replies = regions.map((region) => planMeetingReply(region, meetingId));
  expect(planMeetingReply('540202001000', meetingId)).toEqual(replies[0]);
  const accepted = replies.filter(
    ({ afterMs, answer }) => afterMs !== null && answer === 'accepted',
  );
  expect(share(replies, accepted)).toBeGreaterThan(0.85);
  expect(share(replies, accepted)).toBeLessThan(0.99);
});

it('has some villages absent from a round, and others from the next', () => {
  const absentOf = (round: number) =>
    regions.filter((region) => planRollCallReply(region, { meetingId, round }).afterMs === null);
  expect(share(regions, absentOf(1))).toBeGreaterThan(0.02);
  expect(share(regions, absentOf(1))).toBeLessThan(0.28);
  const both = absentOf(1).filter((region) => absentOf(2).includes(region));
  expect(both.length).toBeLessThan(absentOf(1).length / 2);
});
