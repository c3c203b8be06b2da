import {
  meetingLimits,
  newControl,
  type MeetingAct,
  type MeetingControl,
  type RollCall,
  type RoomIdentity,
  type SeatId,
} from '@sightline/contracts';

/** What changes how a room should be, in the words of the log. */
export type ControlFact =
  | { readonly type: 'meeting.opened' }
  | {
      readonly type: 'meeting.steered';
      /** ISO instant, milliseconds. */
      readonly at: string;
      readonly act: MeetingAct;
      /** Who had not answered the newest round by then. */
      readonly absent: readonly SeatId[];
    }
  | { readonly type: 'meeting.hand'; readonly seatId: SeatId; readonly isUp: boolean }
  | { readonly type: 'meeting.ended' };

/**
 * How a room stands before anything was done to it, the chair's seat not among `seats`: one of many seats is locked,
 * and who is called alone is on the air.
 */
export function openingControl(room: RoomIdentity, seats: readonly SeatId[]): MeetingControl {
  return {
    ...newControl(room),
    isLocked: seats.length > meetingLimits.openRoomSeats,
    onAir: room.kind === 'call' ? [...seats] : [],
  };
}

/** The room after one more fact; its version is one higher, whatever the fact. */
export function evolveControl(control: MeetingControl, fact: ControlFact): MeetingControl {
  const next = { ...control, version: control.version + 1 };
  switch (fact.type) {
    case 'meeting.opened':
      return { ...next, isOpen: true };
    case 'meeting.steered':
      return afterAct(next, fact);
    case 'meeting.hand':
      return {
        ...next,
        hands: fact.isUp
          ? [...without(next.hands, fact.seatId), fact.seatId]
          : without(next.hands, fact.seatId),
      };
    case 'meeting.ended':
      return { ...next, isOpen: false, isRecorded: false, rollCall: closed(next.rollCall) };
  }
}

type Steered = Extract<ControlFact, { readonly type: 'meeting.steered' }>;

function afterAct(next: MeetingControl, fact: Steered): MeetingControl {
  const { act } = fact;
  switch (act.act) {
    case 'mute-all':
      return { ...next, silencedAt: next.version, isLocked: act.lock || next.isLocked };
    case 'unlock':
      return { ...next, isLocked: false };
    case 'give-floor':
      return {
        ...next,
        floor: [...without(next.floor, act.seatId), act.seatId],
        hands: without(next.hands, act.seatId),
      };
    case 'take-floor':
      return { ...next, floor: without(next.floor, act.seatId) };
    case 'lower-hand':
      return { ...next, hands: without(next.hands, act.seatId) };
    case 'open-roll-call':
      return { ...next, rollCall: openedRound(next, fact) };
    case 'close-roll-call':
      return { ...next, rollCall: closed(next.rollCall) };
    case 'invite':
    case 'set-role':
      return next; // What changes stands with the seats.
    case 'remove':
      return withoutSeat(next, act.seatId);
    case 'start-recording':
      return { ...next, isRecorded: true };
    case 'stop-recording':
      return { ...next, isRecorded: false };
    default:
      return afterShow(next, act);
  }
}

type ShowAct = Extract<
  MeetingAct,
  {
    readonly act:
      | 'set-on-air'
      | 'set-carousel'
      | 'share-screen'
      | 'show-slides'
      | 'hide-slides'
      | 'set-interpreter';
  }
>;

/** What is seen, and in which language it is heard. */
function afterShow(next: MeetingControl, act: ShowAct): MeetingControl {
  switch (act.act) {
    case 'set-on-air':
      return { ...next, onAir: [...act.seats], carousel: null };
    case 'set-carousel':
      return {
        ...next,
        carousel:
          act.carousel === null
            ? null
            : { ...act.carousel, seats: [...new Set(act.carousel.seats)] },
      };
    case 'share-screen':
      return { ...next, screen: act.seatId };
    case 'show-slides': {
      const { deckId, page, pages } = act;
      return { ...next, slides: { deckId, page, pages } };
    }
    case 'hide-slides':
      return { ...next, slides: null };
    case 'set-interpreter': {
      const { seatId, language } = act;
      const others = next.interpreters.filter((one) => one.seatId !== seatId);
      return {
        ...next,
        interpreters: language === null ? others : [...others, { seatId, language }],
      };
    }
  }
}

function openedRound(
  { rollCall }: MeetingControl,
  { at, act, absent }: Steered,
): MeetingControl['rollCall'] {
  if (act.act !== 'open-roll-call') return rollCall;
  const until = Temporal.Instant.from(at).add({ seconds: act.seconds });
  return {
    round: (rollCall?.round ?? 0) + 1,
    openedAt: at,
    until: until.toString({ smallestUnit: 'millisecond' }),
    isOpen: true,
    asked: act.ask === 'all' ? null : [...absent],
  };
}

function closed(rollCall: RollCall | null): RollCall | null {
  return rollCall === null ? null : { ...rollCall, isOpen: false };
}

/** A removed seat is nowhere any more; a carousel of one is none. */
function withoutSeat(control: MeetingControl, seatId: SeatId): MeetingControl {
  const { carousel, rollCall, screen } = control;
  const turning = carousel === null ? [] : without(carousel.seats, seatId);
  const asked = rollCall?.asked ?? null;
  return {
    ...control,
    floor: without(control.floor, seatId),
    hands: without(control.hands, seatId),
    onAir: without(control.onAir, seatId),
    carousel: carousel === null || turning.length < 2 ? null : { ...carousel, seats: turning },
    screen: screen === seatId ? null : screen,
    interpreters: control.interpreters.filter((one) => one.seatId !== seatId),
    rollCall:
      rollCall === null || asked === null
        ? rollCall
        : { ...rollCall, asked: without(asked, seatId) },
  };
}

function without(seats: readonly SeatId[], gone: SeatId): SeatId[] {
  return seats.filter((seatId) => seatId !== gone);
}
