import {
  isRefusal,
  maySpeak,
  meetingLimits,
  venueSeat,
  type MeetingAct,
  type Seat,
  type SeatId,
} from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evolveControl, openingControl, type ControlFact } from './control.ts';
import { decideHand, decideSteer, type SteeredRoom } from './steer-meeting.ts';

const now = Temporal.Instant.from('2026-11-23T04:00:00Z');
const chair = 'desk-00000000-0000-4000-8000-000000000000';
const venues = Array.from({ length: 14 }, (_, at) => venueSeat(`5402351002${String(10 + at)}`));
const seatOf = (seatId: SeatId): Seat => ({
  seatId,
  region: seatId.replace('venue-', ''),
  name: seatId,
  role: 'branch',
});
const newRoom = (count: number, kind: 'call' | 'meeting' = 'meeting'): SteeredRoom => ({
  control: openingControl(
    {
      meetingId: '00000000-0000-4000-8000-000000000001',
      region: '540235',
      kind,
      title: '防雪',
      chair,
      isOpen: true,
    },
    venues.slice(0, count),
  ),
  seats: new Map(
    [
      { ...seatOf(chair), region: '540235', role: 'main' as const },
      ...venues.slice(0, count).map(seatOf),
    ].map((seat) => [seat.seatId, seat]),
  ),
});
const ground = { by: chair, now, absent: [], arriving: [] };
const steer = (room: SteeredRoom, act: MeetingAct, more: Partial<typeof ground> = {}) => {
  const decided = decideSteer(room, act, { ...ground, ...more });
  if (isRefusal(decided)) throw new Error(`${act.act} was refused: ${decided.code}.`);
  return decided;
};
const refusalOf = (
  room: SteeredRoom,
  act: MeetingAct,
  more: Partial<Parameters<typeof decideSteer>[2]> = {},
) => {
  const decided = decideSteer(room, act, { ...ground, ...more });
  return isRefusal(decided) ? decided.code : null;
};

const seat = fc.constantFrom(chair, ...venues);
const someSeats = fc.uniqueArray(seat, { maxLength: meetingLimits.onAir });
const acts: fc.Arbitrary<MeetingAct> = fc.oneof(
  fc.boolean().map((lock): MeetingAct => ({ act: 'mute-all', lock })),
  fc.constantFrom<MeetingAct>(
    { act: 'unlock' },
    { act: 'hide-slides' },
    { act: 'close-roll-call' },
    { act: 'start-recording' },
    { act: 'stop-recording' },
    { act: 'set-carousel', carousel: null },
    { act: 'share-screen', seatId: null },
    { act: 'open-roll-call', ask: 'all', seconds: 60 },
    { act: 'open-roll-call', ask: 'absent', seconds: 60 },
    { act: 'invite', regions: ['540235100'] },
  ),
  fc
    .tuple(
      fc.constantFrom('give-floor', 'take-floor', 'lower-hand', 'remove', 'share-screen'),
      seat,
    )
    .map(([act, seatId]): MeetingAct => ({ act, seatId })),
  someSeats.map((seats): MeetingAct => ({ act: 'set-on-air', seats })),
  fc
    .array(seat, { minLength: 2, maxLength: 20 })
    .map((seats): MeetingAct => ({ act: 'set-carousel', carousel: { seconds: 10, seats } })),
  fc
    .tuple(seat, fc.constantFrom('main', 'branch'))
    .map(([seatId, role]): MeetingAct => ({ act: 'set-role', seatId, role })),
  fc
    .tuple(seat, fc.constantFrom('zh', 'bo', null))
    .map(([seatId, language]): MeetingAct => ({ act: 'set-interpreter', seatId, language })),
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .map(([page, pages]): MeetingAct => ({
      act: 'show-slides',
      deckId: '00000000-0000-4000-8000-000000000002',
      page,
      pages,
    })),
);
type Step =
  | { readonly act: MeetingAct; readonly absent: readonly SeatId[]; readonly byChair: boolean }
  | { readonly seatId: SeatId; readonly isUp: boolean };
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: acts,
      absent: fc.subarray(venues),
      byChair: fc.integer({ min: 0, max: 19 }).map((n) => n > 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ seatId: seat, isUp: fc.boolean() }) },
);

function take(
  room: SteeredRoom,
  step: Step,
): (SteeredRoom & { readonly fact: ControlFact }) | null {
  if ('act' in step) {
    const by = step.byChair ? chair : (venues[0] ?? '');
    const arriving = venues.map(seatOf);
    const decided = decideSteer(room, step.act, { by, now, absent: step.absent, arriving });
    return isRefusal(decided) ? null : decided;
  }
  const decided = decideHand(room, step);
  return decided === null || isRefusal(decided) ? null : { ...decided, seats: room.seats };
}

test('whatever is done, a room stays whole, its version grows, and its facts tell the same room', () => {
  let applied = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 14 }),
      fc.array(steps, { minLength: 12, maxLength: 40 }),
      (count, all) => {
        let room = newRoom(count);
        let told = room.control;
        for (const step of all) {
          const next = take(room, step);
          if (next === null) continue;
          applied += 1;
          const { control, seats } = next;
          expect(control.version).toBe(room.control.version + 1);
          told = evolveControl(told, next.fact);
          expect(told).toEqual(control);
          expect(seats.has(control.chair)).toBe(true);
          const named = [
            ...control.floor,
            ...control.hands,
            ...control.onAir,
            ...(control.carousel?.seats ?? []),
            ...control.interpreters.map(({ seatId }) => seatId),
            ...(control.screen === null ? [] : [control.screen]),
            ...(control.rollCall?.asked ?? []),
          ];
          expect(named.filter((seatId) => !seats.has(seatId))).toEqual([]);
          for (const list of [control.floor, control.hands, control.onAir]) {
            expect(new Set(list).size).toBe(list.length);
          }
          expect(control.floor.length).toBeLessThanOrEqual(meetingLimits.floor);
          expect(control.interpreters.length).toBeLessThanOrEqual(meetingLimits.interpreters);
          expect(control.carousel === null || control.carousel.seats.length >= 2).toBe(true);
          expect(maySpeak({ control, seats }, chair)).toBe(true);
          room = next;
        }
      },
    ),
    { numRuns: 10_000, seed: 20_261_127 },
  );
  expect(applied).toBeGreaterThan(50_000);
});

test('who is called alone is on the air as soon as it comes in; a meeting begins with nobody', () => {
  expect(newRoom(1, 'call').control.onAir).toEqual([venues[0]]);
  expect(newRoom(1).control.onAir).toEqual([]);
});

test('a room of more than twelve venues opens locked, a smaller one does not', () => {
  expect(newRoom(12).control.isLocked).toBe(false);
  const large = newRoom(13);
  expect(large.control.isLocked).toBe(true);
  expect(maySpeak(large, venues[0] ?? '')).toBe(false);
  expect(maySpeak(large, chair)).toBe(true);
});

test('nobody but the chair steers, and nobody a room that is not open', () => {
  const room = newRoom(2);
  expect(refusalOf(room, { act: 'unlock' }, { by: venues[0] ?? '' })).toBe('not-chair');
  const planned = { ...room, control: { ...room.control, isOpen: false } };
  expect(refusalOf(planned, { act: 'unlock' })).toBe('not-open');
  expect(decideHand(planned, { seatId: venues[0] ?? '', isUp: true })).toMatchObject({
    code: 'not-open',
  });
});

test('the floor holds four venues beside the chair; giving it lowers the hand', () => {
  let room = newRoom(6);
  const hand = decideHand(room, { seatId: venues[0] ?? '', isUp: true });
  if (hand === null || isRefusal(hand)) throw new Error('The hand was not taken.');
  room = { ...room, control: hand.control };
  expect(decideHand(room, { seatId: venues[0] ?? '', isUp: true })).toBeNull();
  for (const seatId of venues.slice(0, 4)) room = steer(room, { act: 'give-floor', seatId });
  expect(room.control).toMatchObject({ floor: venues.slice(0, 4), hands: [] });
  const [, , , , fifth = ''] = venues;
  expect(refusalOf(room, { act: 'give-floor', seatId: fifth })).toBe('floor-full');
  expect(refusalOf(room, { act: 'give-floor', seatId: chair })).toBe('chair-speaks');
  expect(refusalOf(room, { act: 'give-floor', seatId: venueSeat('540236100200') })).toBe(
    'no-such-seat',
  );
  expect(steer(room, { act: 'take-floor', seatId: venues[0] ?? '' }).control.floor).toHaveLength(3);
});

test('on the air ends a carousel; a carousel of one is refused; 全体静音 counts once', () => {
  const [first = '', second = ''] = venues;
  const carousel = { seconds: 10, seats: [first, second, first] };
  const turning = steer(newRoom(3), { act: 'set-carousel', carousel });
  expect(turning.control.carousel?.seats).toEqual([first, second]);
  const shown = steer(turning, { act: 'set-on-air', seats: [second] });
  expect(shown.control).toMatchObject({ carousel: null, onAir: [second] });
  const one = { seconds: 10, seats: [first, first] };
  expect(refusalOf(shown, { act: 'set-carousel', carousel: one })).toBe('one-in-turn');
  const muted = steer(shown, { act: 'mute-all', lock: false });
  expect(muted.control).toMatchObject({ silencedAt: muted.control.version, isLocked: false });
});

test('a second roll call asks exactly those who did not answer the first', () => {
  const [first = '', second = '', third = ''] = venues;
  const room = newRoom(3);
  expect(refusalOf(room, { act: 'open-roll-call', ask: 'absent', seconds: 60 })).toBe(
    'no-round-before',
  );
  const asked = steer(room, { act: 'open-roll-call', ask: 'all', seconds: 60 });
  expect(asked.control.rollCall).toEqual({
    round: 1,
    openedAt: '2026-11-23T04:00:00.000Z',
    until: '2026-11-23T04:01:00.000Z',
    isOpen: true,
    asked: null,
  });
  expect(refusalOf(asked, { act: 'open-roll-call', ask: 'all', seconds: 60 })).toBe(
    'roll-call-open',
  );
  const over = steer(asked, { act: 'close-roll-call' });
  expect(refusalOf(over, { act: 'close-roll-call' })).toBe('no-roll-call');
  expect(refusalOf(over, { act: 'open-roll-call', ask: 'absent', seconds: 60 })).toBe(
    'nobody-absent',
  );
  const absent = [second, third, venueSeat('540236100200')];
  const again = decideSteer(
    over,
    { act: 'open-roll-call', ask: 'absent', seconds: 60 },
    { ...ground, absent },
  );
  expect(again).toMatchObject({ control: { rollCall: { round: 2, asked: [second, third] } } });
  if (isRefusal(again)) throw new Error(again.code);
  const removed = steer(again, { act: 'remove', seatId: second });
  expect(removed.control.rollCall?.asked).toEqual([third]);
  expect(refusalOf(removed, { act: 'remove', seatId: chair })).toBe('chair-stays');
  expect(removed.seats.has(first)).toBe(true);
});

test('more venues are invited, none twice, none to a call of one village', () => {
  const room = newRoom(2);
  const arriving = venues.slice(0, 3).map(seatOf);
  const invite: MeetingAct = { act: 'invite', regions: ['540235100'] };
  const decided = decideSteer(room, invite, { ...ground, arriving });
  if (isRefusal(decided)) throw new Error(decided.code);
  expect(decided.seats.size).toBe(4);
  expect(refusalOf(decided, invite, { arriving })).toBe('nobody-to-invite');
  expect(refusalOf(newRoom(1, 'call'), invite, { arriving })).toBe('one-village');
});
