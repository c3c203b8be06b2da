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

/**
 * 录像凭证. Which recording its bearer may fetch from the media server, until when; on the wire as a seat's
 * key is. Keys are HKDF-SHA-256 of the shared secret, no salt, 32 bytes, with one of `tokenKeyInfo`.
 */
export const RecordingClaims = Type.Object(
  {
    v: Type.Literal(1),
    meetingId: Type.String({ pattern: uuidPattern }),
    recordingId: Type.String({ pattern: uuidPattern }),
    until: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type RecordingClaims = Static<typeof RecordingClaims>;

export const tokenKeyInfo = {
  seat: 'sightline seat token',
  recording: 'sightline recording token',
} as const;
