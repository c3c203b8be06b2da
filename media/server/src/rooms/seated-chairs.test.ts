import { meetingLimits } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { seatedChairs } from './seated-chairs.ts';

const nowMs = 500_000;
const room = (no: number, peers: Record<string, { isAway: boolean; heardMs: number }>) => ({
  meetingId: `meeting ${no}`,
  rules: { control: { chair: 'desk-chair' } },
  peers: new Map(Object.entries(peers)),
});

test('tells of chairs that are in their rooms, how long ago each was heard, and of nobody else', () => {
  const rooms = [
    room(1, { 'desk-chair': { isAway: false, heardMs: nowMs - 4_000.4 }, 'venue-5402': there(0) }),
    room(2, { 'desk-chair': { isAway: true, heardMs: nowMs } }),
    room(3, { 'venue-5402': there(0) }),
    room(4, { 'desk-chair': there(meetingLimits.chairGoneSeconds * 1_000 + 1) }),
    room(5, { 'desk-chair': there(10) }),
  ];
  expect(seatedChairs(rooms, nowMs)).toEqual([
    { meetingId: 'meeting 5', agoMs: 10 },
    { meetingId: 'meeting 1', agoMs: 4_000 },
  ]);
});

test('of more chairs than one word takes, those heard last are told', () => {
  const rooms = Array.from({ length: meetingLimits.seatedChairs + 3 }, (_, no) =>
    room(no, { 'desk-chair': there(1_000 - no) }),
  );
  const told = seatedChairs(rooms, nowMs);
  expect(told).toHaveLength(meetingLimits.seatedChairs);
  expect(told.map(({ meetingId }) => meetingId)).not.toContain('meeting 2');
});

function there(agoMs: number) {
  return { isAway: false, heardMs: nowMs - agoMs };
}
