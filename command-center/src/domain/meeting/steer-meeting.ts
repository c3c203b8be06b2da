import {
  meetingLimits,
  refuse,
  type MeetingAct,
  type MeetingControl,
  type Refusal,
  type Seat,
  type SeatId,
} from '@sightline/contracts';
import { evolveControl, type ControlFact } from './control.ts';

export type Seats = ReadonlyMap<SeatId, Seat>;

/** A room as the chair finds it. */
export interface SteeredRoom {
  readonly control: MeetingControl;
  /** The chair's too. */
  readonly seats: Seats;
}

export interface SteerGround {
  readonly by: SeatId;
  readonly now: Temporal.Instant;
  /** Asked by the newest round and not there in time. */
  readonly absent: readonly SeatId[];
  /** Of the regions an `invite` names. */
  readonly arriving: readonly Seat[];
}

export interface Steered extends SteeredRoom {
  readonly fact: Extract<ControlFact, { readonly type: 'meeting.steered' }>;
}

/** 会控. What the chair's act makes of the room, or why not; pure, so what is decided can be told again. */
export function decideSteer(
  { control, seats }: SteeredRoom,
  act: MeetingAct,
  ground: SteerGround,
): Steered | Refusal {
  if (ground.by !== control.chair) {
    return refuse('not-chair', 'Only the chair of the meeting steers it.');
  }
  if (!control.isOpen) return refuse('not-open', 'The meeting is not open.');
  const room = { control, seats };
  const refusal = refuseUnknown(seats, act) ?? refuseAct(room, act, ground);
  if (refusal !== null) return refusal;
  const fact = {
    type: 'meeting.steered',
    at: ground.now.round('millisecond').toString({ smallestUnit: 'millisecond' }),
    act,
    absent: act.act === 'open-roll-call' ? ground.absent.filter((seatId) => seats.has(seatId)) : [],
  } as const;
  return {
    control: evolveControl(control, fact),
    seats: evolveSeats(seats, act, ground.arriving),
    fact,
  };
}

/** 举手, 放下. Null = it stands so already: told twice, it counts once. */
export function decideHand(
  { control, seats }: SteeredRoom,
  hand: { readonly seatId: SeatId; readonly isUp: boolean },
): { readonly control: MeetingControl; readonly fact: ControlFact } | Refusal | null {
  if (!control.isOpen) return refuse('not-open', 'The meeting is not open.');
  if (!seats.has(hand.seatId)) return noSuchSeat(hand.seatId);
  if (hand.seatId === control.chair) return refuse('chair-speaks', 'The chair needs no hand.');
  if (control.hands.includes(hand.seatId) === hand.isUp) return null;
  const fact = { type: 'meeting.hand', ...hand } as const;
  return { control: evolveControl(control, fact), fact };
}

function evolveSeats(seats: Seats, act: MeetingAct, arriving: readonly Seat[]): Seats {
  const next = new Map(seats);
  if (act.act === 'remove') next.delete(act.seatId);
  if (act.act === 'set-role') {
    const seat = next.get(act.seatId);
    if (seat !== undefined) next.set(act.seatId, { ...seat, role: act.role });
  }
  if (act.act === 'invite') {
    for (const seat of arriving) if (!next.has(seat.seatId)) next.set(seat.seatId, seat);
  }
  return next;
}

function noSuchSeat(seatId: SeatId): Refusal {
  return refuse('no-such-seat', `${seatId} has no seat in this meeting.`);
}

/** Every seat an act names is one of the meeting's. */
function refuseUnknown(seats: Seats, act: MeetingAct): Refusal | null {
  const stranger = seatsOf(act).find((seatId) => !seats.has(seatId));
  return stranger === undefined ? null : noSuchSeat(stranger);
}

function seatsOf(act: MeetingAct): readonly SeatId[] {
  if (act.act === 'set-on-air') return act.seats;
  if (act.act === 'set-carousel') return act.carousel?.seats ?? [];
  return 'seatId' in act && act.seatId !== null ? [act.seatId] : [];
}

function refuseAct(room: SteeredRoom, act: MeetingAct, ground: SteerGround): Refusal | null {
  const { control } = room;
  switch (act.act) {
    case 'give-floor':
      return refuseFloor(control, act.seatId);
    case 'set-role':
      return refuseRole(room, act);
    case 'set-carousel':
      return act.carousel !== null && new Set(act.carousel.seats).size < 2
        ? refuse('one-in-turn', 'A carousel turns between two seats at least.')
        : null;
    case 'show-slides':
      return act.page > act.pages
        ? refuse('no-such-slide', `There is no page ${act.page} of ${act.pages}.`)
        : null;
    case 'set-interpreter':
      return refuseInterpreter(control, act);
    case 'open-roll-call':
      return refuseRound(room, act.ask, ground);
    case 'close-roll-call':
      return control.rollCall?.isOpen === true
        ? null
        : refuse('no-roll-call', 'No roll call is open.');
    case 'invite':
      return refuseInvitation(room, ground.arriving);
    case 'remove':
      return act.seatId === control.chair
        ? refuse('chair-stays', 'The chair leaves by ending the meeting.')
        : null;
    case 'start-recording':
      return control.isRecorded ? refuse('recorded-already', 'It is being recorded.') : null;
    case 'stop-recording':
      return control.isRecorded ? null : refuse('not-recorded', 'It is not being recorded.');
    default:
      return null;
  }
}

function refuseFloor({ chair, floor }: MeetingControl, seatId: SeatId): Refusal | null {
  if (seatId === chair) return refuse('chair-speaks', 'The chair is heard always.');
  if (floor.includes(seatId) || floor.length < meetingLimits.floor) return null;
  return refuse(
    'floor-full',
    `At most ${meetingLimits.floor} venues have the floor. Take it from one first.`,
  );
}

function refuseRole(
  { control, seats }: SteeredRoom,
  { seatId, role }: Extract<MeetingAct, { readonly act: 'set-role' }>,
): Refusal | null {
  if (seatId === control.chair) return refuse('chair-speaks', 'The chair is a main venue always.');
  const mains = [...seats.values()].filter(
    (seat) => seat.role === 'main' && seat.seatId !== seatId && seat.seatId !== control.chair,
  );
  if (role === 'branch' || mains.length < meetingLimits.mains) return null;
  return refuse('mains-full', `At most ${meetingLimits.mains} venues are main ones.`);
}

function refuseInterpreter(
  { interpreters }: MeetingControl,
  { seatId, language }: Extract<MeetingAct, { readonly act: 'set-interpreter' }>,
): Refusal | null {
  const others = interpreters.filter((one) => one.seatId !== seatId);
  if (language === null || others.length < meetingLimits.interpreters) return null;
  return refuse('interpreters-full', `At most ${meetingLimits.interpreters} seats interpret.`);
}

const roundsMaximum = 99;

function refuseRound(
  { control, seats }: SteeredRoom,
  ask: 'all' | 'absent',
  { absent }: SteerGround,
): Refusal | null {
  const { rollCall } = control;
  if (rollCall?.isOpen === true) return refuse('roll-call-open', 'A roll call is open already.');
  if ((rollCall?.round ?? 0) >= roundsMaximum) {
    return refuse('rounds-used', `A meeting has at most ${roundsMaximum} roll calls.`);
  }
  if (ask === 'all') {
    return seats.size > 1 ? null : refuse('nobody-to-ask', 'Nobody but the chair has a seat.');
  }
  if (rollCall === null) return refuse('no-round-before', 'Nobody was asked before.');
  return absent.some((seatId) => seats.has(seatId))
    ? null
    : refuse('nobody-absent', 'Everybody who was asked is there.');
}

function refuseInvitation(
  { control, seats }: SteeredRoom,
  arriving: readonly Seat[],
): Refusal | null {
  if (control.kind === 'call') return refuse('one-village', 'A call is with one village.');
  const fresh = arriving.filter(({ seatId }) => !seats.has(seatId));
  if (fresh.length === 0) {
    return refuse('nobody-to-invite', 'Nobody there can come who is not invited already.');
  }
  if (seats.size - 1 + fresh.length <= meetingLimits.seats) return null;
  return refuse('too-many-seats', `A meeting has at most ${meetingLimits.seats} seats.`);
}

/** Who steers by no act of a person: the clock of the centre. */
export function closeRound(room: SteeredRoom, now: Temporal.Instant): Steered | Refusal {
  const ground = { by: room.control.chair, now, absent: [], arriving: [] };
  return decideSteer(room, { act: 'close-roll-call' }, ground);
}
