import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { SeatKey } from './meeting-control.ts';

/**
 * 入会凭证. Which seat of which meeting its bearer takes, until when (seconds since 1970).
 * On the wire: `base64url(JSON of the claims) + '.' + base64url(HMAC-SHA-256 of the part before the dot)`,
 * with the key that centre and media server share. A seat that was removed, or a meeting that ended, is
 * refused whatever its token says.
 */
export const SeatClaims = Type.Object(
  {
    v: Type.Literal(1),
    meetingId: Type.String({ pattern: uuidPattern }),
    seatId: SeatKey,
    until: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type SeatClaims = Static<typeof SeatClaims>;

export const seatTokenPattern = '^[A-Za-z0-9_-]{1,300}\\.[A-Za-z0-9_-]{43}$';
