import {
  isChair,
  picturesOf,
  type RollCall,
  type RoomRules,
  type RoomWords,
  type Seat,
  type SeatId,
} from '@sightline/contracts';

/** The room as it is now. */
export interface RoomNow {
  readonly rules: RoomRules;
  readonly present: readonly SeatId[];
  /** Whose microphones are open. */
  readonly heard: readonly SeatId[];
  /** Who wrote the lines that are kept. */
  readonly wrote: readonly SeatId[];
}

/** Writes the room out for one seat after the other; what all share is made once. */
export function roomWordsFor(now: RoomNow): (seatId: SeatId) => RoomWords {
  const { rules, present, heard, wrote } = now;
  const { control, seats } = rules;
  const pictures = picturesOf(rules);
  const { floor, hands, chair } = control;
  const known = new Set([...pictures, ...floor, ...hands, ...heard, ...wrote, chair]);
  const shared = { control, pictures, presentCount: present.length };
  const all = [...seats.values()];
  const some = [...known].flatMap((seatId) => seats.get(seatId) ?? []);
  return (seatId) => {
    if (isChair(rules, seatId)) return { ...shared, seats: all, present };
    return {
      ...shared,
      control: { ...control, rollCall: rollCallFor(seatId, control.rollCall) },
      seats: withOwn(some, known, seats.get(seatId)),
      present: null,
    };
  };
}

/** Of all who are asked a venue needs to know whether it is among them. */
function rollCallFor(seatId: SeatId, rollCall: RollCall | null): RollCall | null {
  if (rollCall === null || rollCall.asked === null) return rollCall;
  return { ...rollCall, asked: rollCall.asked.filter((asked) => asked === seatId) };
}

function withOwn(some: readonly Seat[], known: ReadonlySet<SeatId>, own: Seat | undefined) {
  return own === undefined || known.has(own.seatId) ? some : [...some, own];
}
