import type { RoomWords, SeatId } from '@sightline/contracts';

/** Whether this seat may speak now; the server decides, the button only says so beforehand. */
export function maySpeakHere({ control, seats }: RoomWords, own: SeatId): boolean {
  if (!control.isLocked || control.chair === own || control.floor.includes(own)) return true;
  return seats.find(({ seatId }) => seatId === own)?.role === 'main';
}

/** The name of a place; a desk shows its login. */
export function nameOf({ seats }: RoomWords, seatId: SeatId): string {
  return seats.find((seat) => seat.seatId === seatId)?.name ?? '';
}
