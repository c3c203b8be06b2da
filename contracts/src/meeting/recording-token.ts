import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';

/**
 * 录像凭证. Which recording its bearer may fetch from the media server, until when (seconds since 1970).
 * On the wire as a seat's token is (`seatTokenPattern`), signed with a key of its own: HKDF-SHA256 of the
 * secret that centre and media server share, no salt, info `sightline recording token`, 32 bytes. A seat's
 * key has info `sightline seat token`.
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
