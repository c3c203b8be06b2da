import { createHmac, randomUUID } from 'node:crypto';
import {
  newControl,
  type MeetingControl,
  type RoomOrder,
  type Seat,
  type SeatClaims,
  type SeatId,
} from '@sightline/contracts';
import { seatTokenKey } from '#signalling/read-seat-token.ts';

export const testSecret = 'a secret of tests, thirty-two characters';

/** A meeting of the chair at a desk and so many villages; open, nothing decided yet. */
export function makeOrder(
  villages: number,
  control: Partial<MeetingControl> = {},
): RoomOrder & { readonly venues: readonly SeatId[] } {
  const region = '510115';
  const chair = `desk-${randomUUID()}`;
  const seats: Seat[] = [
    { seatId: chair, region, name: '值守员', role: 'branch' },
    ...Array.from({ length: villages }, (_, at) => {
      const village = `510115${String(100_000 + at)}`;
      return {
        seatId: `venue-${village}`,
        region: village,
        name: `${at + 1} 村`,
        role: 'branch' as const,
      };
    }),
  ];
  return {
    seats,
    venues: seats.slice(1).map(({ seatId }) => seatId),
    control: {
      ...newControl({
        meetingId: randomUUID(),
        region,
        kind: 'meeting',
        title: '调度会',
        chair,
        isOpen: true,
      }),
      ...control,
    },
  };
}

/** The same room after one more act of its chair. */
export function steered<Order extends RoomOrder>(
  order: Order,
  change: Partial<MeetingControl>,
): Order {
  const version = order.control.version + 1;
  return { ...order, control: { ...order.control, ...change, version } };
}

/** Signs as the centre does. */
export function signSeat(
  claims: Omit<SeatClaims, 'v' | 'until'> & { readonly until?: number },
  secret = testSecret,
): string {
  const until = claims.until ?? Math.floor(Date.now() / 1000) + 3600;
  const body = Buffer.from(JSON.stringify({ v: 1, ...claims, until })).toString('base64url');
  const signature = createHmac('sha256', seatTokenKey(secret)).update(body).digest('base64url');
  return `${body}.${signature}`;
}
