import {
  newControl,
  venueSeat,
  type MeetingControl,
  type MeetingVenue,
  type Seat,
} from '@sightline/contracts';
import { expect, test } from 'vitest';
import type { Room } from '../meetings/use-room.ts';
import { isShown, venueRows } from './venue-rows.ts';

const chair = 'desk-0190a5d4-0000-7000-8000-0000000000d1';
const regions = ['540235100201', '540235100202', '540235100203', '540235100204'];
const [first = '', second = '', third = '', fourth = ''] = regions.map(venueSeat);

const control: MeetingControl = {
  ...newControl({
    meetingId: '0190a5d4-0000-7000-8000-0000000000e1',
    region: '540235',
    kind: 'meeting',
    title: '例会',
    chair,
    isOpen: true,
  }),
  floor: [second],
  hands: [fourth, third],
  onAir: [first],
  rollCall: {
    round: 2,
    openedAt: '2026-11-27T01:00:00.000Z',
    until: '2026-11-27T01:02:00.000Z',
    isOpen: true,
    asked: [first, second],
  },
};

const venue = (seatId: string, more: Partial<MeetingVenue>): MeetingVenue => ({
  seatId,
  rungAt: '2026-11-27T00:59:00.000Z',
  answer: null,
  answeredAt: null,
  how: null,
  isInRoom: false,
  joinedAt: null,
  presentMs: 0,
  rejoins: 0,
  rollCall: null,
  ...more,
});

function roomOf(venues: readonly MeetingVenue[]): Pick<Room, 'control' | 'seats' | 'venues'> {
  const desk: Seat = { seatId: chair, region: '540235', name: 'tashi', role: 'main' };
  const places = regions.map((region): Seat => {
    return { seatId: venueSeat(region), region, name: region, role: 'branch' };
  });
  const seats = new Map([desk, ...places].map((seat) => [seat.seatId, seat]));
  const bySeat = new Map(venues.map((one) => [one.seatId, one]));
  return { control, seats, venues: bySeat };
}

const rows = venueRows(
  roomOf([
    venue(first, {
      isInRoom: true,
      presentMs: 9_000,
      rollCall: { round: 2, at: null, method: null, isSample: false },
    }),
    venue(second, {
      isInRoom: true,
      rollCall: { round: 2, at: '2026-11-27T01:00:20.000Z', method: 'pin', isSample: false },
    }),
    venue(third, {
      answer: 'accepted',
      rollCall: { round: 1, at: null, method: null, isSample: false },
    }),
  ]),
  new Map(
    [first, third].map((seatId) => [
      seatId,
      { seatId, up: 'audio', upReason: 'bandwidth', down: 'video-64', downReason: 'good' },
    ]),
  ),
);

test('of a venue that is not in the room no link is told, whatever was measured while it was', () => {
  expect(rows.filter(({ link }) => link !== null).map(({ seat }) => seat.seatId)).toEqual([first]);
});

test('raised hands come first in their order, then who speaks, then who is seen; the chair is no row', () => {
  expect(rows.map(({ seat }) => seat.seatId)).toEqual([fourth, third, second, first]);
  expect(rows.map(({ hand }) => hand)).toEqual([1, 2, null, null]);
});

test('a venue is as far as it has come', () => {
  expect(rows.map(({ state }) => state)).toEqual(['not-rung', 'accepted', 'in-room', 'in-room']);
});

test('only those this round asks are waited for', () => {
  expect(rows.map(({ rollCall }) => rollCall)).toEqual([
    'not-asked',
    'not-asked',
    'present',
    'waiting',
  ]);
  const absent = rows.filter((row) => isShown(row, 'absent'));
  expect(absent.map(({ seat }) => seat.seatId)).toEqual([first]);
});

test('in trouble is who said yes and is not there, and whose link carries no picture', () => {
  const found = rows.filter((row) => isShown(row, 'trouble')).map(({ seat }) => seat.seatId);
  expect(found).toEqual([third, first]);
  expect(rows.filter((row) => isShown(row, 'notAnswered')).length).toBe(1);
});
