import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newControl } from './new-control.ts';
import { roomChange, withRoomChange, type RoomWords } from './room-words.ts';

const seats = ['venue-540235', 'venue-540235100201', 'venue-540235100202'];
const some = fc.subarray(seats);
const room: fc.Arbitrary<RoomWords> = fc
  .record({
    hands: some,
    floor: some,
    asked: fc.option(some, { nil: null }),
    isLocked: fc.boolean(),
    hasCall: fc.boolean(),
    version: fc.integer({ min: 1, max: 5 }),
    pictures: some,
    known: some,
    presentCount: fc.integer({ min: 0, max: 3 }),
    present: fc.option(some, { nil: null }),
  })
  .map(({ hands, floor, asked, isLocked, hasCall, version, known, ...rest }) => ({
    ...rest,
    control: {
      ...newControl({
        meetingId: '0190aaaa-0000-7000-8000-000000000001',
        region: '540235',
        kind: 'meeting',
        title: '防汛会商',
        chair: 'venue-540235',
        isOpen: true,
      }),
      hands,
      floor,
      isLocked,
      version,
      rollCall: hasCall
        ? {
            round: 1,
            openedAt: '2026-11-27T08:00:00.000Z',
            until: '2026-11-27T08:02:00.000Z',
            isOpen: true,
            asked,
          }
        : null,
    },
    seats: known.map((seatId) => ({ seatId, region: '540235', name: seatId, role: 'main' })),
  }));

test('a page that is told each change, as it is written, knows the room as it is', () => {
  fc.assert(
    fc.property(fc.array(room, { minLength: 1, maxLength: 12 }), ([first, ...others]) => {
      if (first === undefined) return;
      let known = first;
      let before = first;
      for (const now of others) {
        const change = roomChange(before, now);
        before = now;
        // As it crosses the wire.
        if (change !== null) known = withRoomChange(known, JSON.parse(JSON.stringify(change)));
        expect(known).toEqual(now);
      }
    }),
  );
});

test('what did not change is not said: the list of all who are asked goes over the wire once', () => {
  fc.assert(
    fc.property(room, (now) => {
      expect(roomChange(now, structuredClone(now))).toBeNull();
      const more = { ...structuredClone(now), presentCount: now.presentCount + 1 };
      expect(roomChange(now, more)).toEqual({ presentCount: more.presentCount });
      const locked = { ...now.control, isLocked: !now.control.isLocked };
      expect(roomChange(now, { ...now, control: structuredClone(locked) })).toEqual({
        control: { isLocked: locked.isLocked },
      });
    }),
  );
});
