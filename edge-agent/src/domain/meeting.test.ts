import { isRefusal, venueSeat, type TerminalMeeting } from '@sightline/contracts';
import { expect, test } from 'vitest';
import {
  decideMeetingAnswer,
  decidePresent,
  phaseOf,
  ringingMeeting,
  type KnownMeeting,
} from '#domain/meeting.ts';

const region = '540202103202';
const meeting: TerminalMeeting = {
  meetingId: '0190a5d4-0000-7000-8000-0000000000d1',
  kind: 'call',
  title: '防汛连线',
  by: { login: 'pianduo', roles: ['dispatcher'], region: '5402' },
  calledAt: '2026-11-23T13:45:00.000Z',
  startsAt: '2026-11-23T13:46:00.000Z',
  ringUntil: '2026-11-23T13:50:00.000Z',
  until: '2026-11-23T20:00:00.000Z',
  isRemoteOpening: false,
  mediaUrl: 'http://127.0.0.1:7410',
  seatToken: 'claims.mac',
  rollCall: null,
  isOver: false,
};
const fresh: KnownMeeting = {
  meetingId: meeting.meetingId,
  rungAt: null,
  answer: null,
  how: null,
  answeredAt: null,
  round: 0,
  roundAt: null,
};
const at = (time: string, isCertain = true) => ({
  now: Temporal.Instant.from(`2026-11-23T${time}:00Z`),
  isCertain,
});
const post = {
  terminalId: 'demo-1',
  region,
  isSimulated: false,
  people: [{ personId: 'p-1', name: '扎西', post: '书记' }],
  now: at('13:47').now,
};
const accepted: KnownMeeting = { ...fresh, answer: 'accepted', answeredAt: meeting.startsAt };
const codeOf = (value: unknown) => (isRefusal(value) ? value.code : value);

test('it is planned, rings, is open and is over, by a clock that is trusted', () => {
  const phases = ['13:45', '13:46', '13:50', '20:00'].map((time) =>
    phaseOf(meeting, null, at(time)),
  );
  expect(phases).toEqual(['planned', 'ringing', 'open', 'over']);
  expect(phaseOf(meeting, accepted, at('13:46'))).toBe('open');
  expect(phaseOf({ ...meeting, isOver: true }, null, at('13:46'))).toBe('over');
});

test('by a clock that nobody set it does not ring, and may be joined', () => {
  expect(phaseOf(meeting, null, at('13:46', false))).toBe('open');
  expect(ringingMeeting([meeting], [], at('13:46', false))).toBeNull();
});

test('of two the one called last rings', () => {
  const later = { ...meeting, meetingId: 'later', calledAt: '2026-11-23T13:46:30.000Z' };
  expect(ringingMeeting([meeting, later], [], at('13:47'))?.meetingId).toBe('later');
  expect(ringingMeeting([meeting, later], [{ ...accepted, meetingId: 'later' }], at('13:47'))).toBe(
    meeting,
  );
});

const closed = { isAllowed: false, isShut: false };
const answer = (
  known: KnownMeeting | null,
  given: { answer: 'accepted' | 'declined'; how: 'touch' | 'auto' },
  more: { opening?: typeof closed; time?: string; of?: TerminalMeeting | undefined } = {},
) =>
  decideMeetingAnswer({ meeting: 'of' in more ? more.of : meeting, known }, given, {
    post,
    time: at(more.time ?? '13:47'),
    opening: more.opening ?? closed,
  });

test('it is answered once; who declined may still come in, who came in declines no more', () => {
  const touch = { answer: 'accepted', how: 'touch' } as const;
  expect(answer(null, touch)).toMatchObject({ decision: 'record', data: { answer: 'accepted' } });
  expect(answer(accepted, touch)).toMatchObject({ decision: 'already' });
  const declined: KnownMeeting = { ...accepted, answer: 'declined' };
  expect(answer(declined, touch)).toMatchObject({ decision: 'record' });
  expect(answer(accepted, { ...touch, answer: 'declined' })).toMatchObject({ decision: 'already' });
  expect(codeOf(answer(null, touch, { time: '13:45' }))).toBe('meeting-not-begun');
  expect(codeOf(answer(null, touch, { time: '21:00' }))).toBe('meeting-over');
  expect(codeOf(answer(null, touch, { of: undefined }))).toBe('no-such-meeting');
});

test('it opens by itself only when asked for, allowed, and with the shutter open', () => {
  const auto = { answer: 'accepted', how: 'auto' } as const;
  const remote = { ...meeting, isRemoteOpening: true };
  const allowed = { isAllowed: true, isShut: false };
  expect(answer(null, auto, { of: remote, opening: allowed })).toMatchObject({
    decision: 'record',
    data: { how: 'auto' },
  });
  expect(codeOf(answer(null, auto, { of: meeting, opening: allowed }))).toBe('opening-not-allowed');
  expect(codeOf(answer(null, auto, { of: remote, opening: closed }))).toBe('opening-not-allowed');
  const shut = { isAllowed: true, isShut: true };
  expect(codeOf(answer(null, auto, { of: remote, opening: shut }))).toBe('shutter-shut');
});

const calling = (change: Partial<NonNullable<TerminalMeeting['rollCall']>> = {}) => ({
  ...meeting,
  rollCall: {
    round: 2,
    openedAt: meeting.startsAt,
    until: '2026-11-23T13:48:00.000Z',
    isOpen: true,
    asked: null,
    ...change,
  },
});
const present = (of: TerminalMeeting, known: KnownMeeting | null = null, round = 2) =>
  decidePresent({ meeting: of, known }, round, { by: 'button', post });

test('a roll call is answered once a round, by those it asks, while it is open', () => {
  expect(present(calling())).toEqual({
    decision: 'record',
    data: { terminalId: 'demo-1', meetingId: meeting.meetingId, round: 2, method: 'button' },
  });
  const answered = { ...fresh, round: 2, roundAt: meeting.startsAt };
  expect(present(calling(), answered)).toEqual({ decision: 'already', at: meeting.startsAt });
  expect(present(calling(), { ...answered, round: 1 })).toMatchObject({ decision: 'record' });
  expect(codeOf(present(calling({ isOpen: false })))).toBe('roll-call-over');
  expect(codeOf(present(calling(), null, 1))).toBe('roll-call-over');
  expect(codeOf(present(meeting))).toBe('roll-call-over');
  expect(codeOf(present(calling({ asked: ['venue-540235'] })))).toBe('roll-call-not-asked');
  expect(present(calling({ asked: [venueSeat(region)] }))).toMatchObject({ decision: 'record' });
  expect(codeOf(present({ ...calling(), isOver: true }))).toBe('meeting-over');
});

test('by PIN it is somebody of the village’s list, and so is the witness', () => {
  const by = (said: object) =>
    codeOf(
      decidePresent({ meeting: calling(), known: null }, 2, {
        by: { method: 'pin', personId: 'p-1', ...said } as Parameters<
          typeof decidePresent
        >[2]['by'], // Some of these are what a page could not make.
        post,
      }),
    );
  expect(by({})).toMatchObject({ data: { method: 'pin', personId: 'p-1' } });
  expect(by({ personId: 'stranger' })).toBe('person-not-on-list');
  expect(by({ method: 'pin-witness', witnessId: 'p-1' })).toBe('person-not-on-list');
});
