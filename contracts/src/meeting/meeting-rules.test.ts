import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Seat } from './meeting-control.ts';
import { channelLanguages, mediaSources, meetingLimits } from './meeting.ts';
import {
  isAsked,
  isChair,
  maySend,
  maySpeak,
  mayWatch,
  picturesOf,
  voicesFor,
  type RoomRules,
} from './meeting-rules.ts';
import { newControl } from './new-control.ts';

const runs = { numRuns: 10_000 };
const villages = Array.from({ length: 14 }, (_, at) => `venue-5101151${String(10_000 + at)}`);
const chair = 'desk-00000000-0000-4000-8000-000000000000';
const stranger = 'venue-110101001001';
const anyone = fc.constantFrom(...villages, chair, stranger);
const some = (maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...villages, stranger), { maxLength });

const room: fc.Arbitrary<RoomRules> = fc
  .record({
    mains: fc.uniqueArray(fc.constantFrom(...villages), { maxLength: 4 }),
    isOpen: fc.boolean(),
    isLocked: fc.boolean(),
    floor: some(meetingLimits.floor),
    onAir: some(meetingLimits.onAir),
    carousel: fc.option(
      some(12).filter(({ length }) => length > 1),
      { nil: null },
    ),
    screen: fc.option(anyone, { nil: null }),
    interpreters: fc.uniqueArray(
      fc.record({ seatId: anyone, language: fc.constantFrom(...channelLanguages) }),
      { maxLength: meetingLimits.interpreters, selector: ({ seatId }) => seatId },
    ),
    asked: fc.option(some(14), { nil: null }),
    turn: fc.nat(100),
  })
  .map(({ mains, carousel, asked, turn, ...control }) => {
    const seats = [chair, ...villages].map((seatId): Seat => ({
      seatId,
      region: '510115',
      name: seatId,
      role: mains.includes(seatId) ? 'main' : 'branch',
    }));
    return {
      turn,
      seats: new Map(seats.map((seat) => [seat.seatId, seat])),
      control: {
        ...base,
        ...control,
        carousel: carousel === null ? null : { seconds: 10, seats: carousel },
        rollCall: { ...rollCall, asked },
      },
    };
  });

const rollCall = {
  round: 1,
  openedAt: '2026-11-27T08:00:00.000Z',
  until: '2026-11-27T08:02:00.000Z',
  isOpen: true,
};
const base = newControl({
  meetingId: '00000000-0000-4000-8000-000000000001',
  region: '510115',
  kind: 'meeting',
  title: '会',
  chair,
  isOpen: true,
});

describe('the rules of a room', () => {
  test('let nobody of elsewhere speak, send, watch or be watched', () => {
    fc.assert(
      fc.property(room, anyone, fc.constantFrom(...mediaSources), (rules, other, source) => {
        expect(maySpeak(rules, stranger)).toBe(false);
        expect(maySend(rules, stranger, source)).toBe(false);
        expect(mayWatch(rules, stranger, other)).toBe(false);
        expect(mayWatch(rules, other, stranger)).toBe(false);
        expect(picturesOf(rules)).not.toContain(stranger);
      }),
      runs,
    );
  });

  test('let a locked room be spoken in by its chair, its main venues and the floor alone', () => {
    fc.assert(
      fc.property(room, fc.constantFrom(...villages, chair), (rules, seatId) => {
        const { isLocked, floor } = rules.control;
        const isMain = rules.seats.get(seatId)?.role === 'main';
        const isGiven = seatId === chair || isMain || floor.includes(seatId);
        expect(maySpeak(rules, seatId)).toBe(!isLocked || isGiven);
        const maySendVoice = maySend(rules, seatId, 'microphone');
        expect(maySendVoice).toBe(rules.control.isOpen && (!isLocked || isGiven));
      }),
      runs,
    );
  });

  test('show a village what is on the air and the chair every venue; nobody is shown themselves', () => {
    fc.assert(
      fc.property(room, anyone, anyone, (rules, viewer, target) => {
        const may = mayWatch(rules, viewer, target);
        if (viewer === target) expect(may).toBe(false);
        else if (rules.seats.has(viewer) && rules.seats.has(target)) {
          expect(may).toBe(isChair(rules, viewer) || picturesOf(rules).includes(target));
        }
      }),
      runs,
    );
  });

  test('put at most nine pictures on the air, each once, a carousel’s turn first', () => {
    fc.assert(
      fc.property(room, (rules) => {
        const pictures = picturesOf(rules);
        expect(pictures.length).toBeLessThanOrEqual(meetingLimits.onAir);
        expect(new Set(pictures).size).toBe(pictures.length);
        const { carousel } = rules.control;
        const turned = carousel?.seats[(rules.turn ?? 0) % carousel.seats.length];
        if (turned !== undefined && rules.seats.has(turned)) expect(pictures[0]).toBe(turned);
      }),
      runs,
    );
  });

  test('give a listener eight voices at most, its own never, the chair first, and its interpreter alone', () => {
    const channel = fc.constantFrom('floor', ...channelLanguages);
    fc.assert(
      fc.property(
        room,
        anyone,
        channel,
        some(14),
        some(4),
        (...[rules, seatId, of, mics, others]) => {
          const speaking = { microphones: [...mics, chair], interpreters: others };
          const voices = voicesFor(rules, { seatId, channel: of }, speaking);
          expect(voices.length).toBeLessThanOrEqual(meetingLimits.voices);
          expect(voices.every((voice) => voice.seatId !== seatId)).toBe(true);
          const interpreted = voices.filter(({ source }) => source === 'interpreter');
          if (interpreted.length > 0) expect(voices).toHaveLength(1);
          else {
            expect(voices.every((voice) => maySpeak(rules, voice.seatId))).toBe(true);
            if (seatId !== chair) expect(voices[0]?.seatId).toBe(chair);
          }
        },
      ),
      runs,
    );
  });

  test('ask in a roll call exactly those of its round, and never the chair', () => {
    fc.assert(
      fc.property(room, fc.constantFrom(...villages, chair), (rules, seatId) => {
        const asked = rules.control.rollCall?.asked ?? null;
        const expected = seatId !== chair && (asked === null || asked.includes(seatId));
        expect(isAsked(rules, seatId)).toBe(expected);
      }),
      runs,
    );
  });
});
