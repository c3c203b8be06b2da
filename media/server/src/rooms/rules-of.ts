import { picturesOf, type RoomOrder, type RoomRules } from '@sightline/contracts';

/** A room as the rules read it, its pictures worked out once. */
export function rulesOf({ control, seats }: RoomOrder, turn: number): RoomRules {
  const bySeat = new Map(seats.map((seat) => [seat.seatId, seat]));
  return turned({ control, seats: bySeat }, turn);
}

/** The same room when its carousel has taken so many steps. */
export function turned({ control, seats }: RoomRules, turn: number): RoomRules {
  const rules = { control, seats, turn };
  return { ...rules, shown: picturesOf(rules) };
}
