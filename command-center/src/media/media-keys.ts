import { createHmac, hkdfSync } from 'node:crypto';
import { tokenKeyInfo, type RecordingClaims, type SeatClaims } from '@sightline/contracts';
import type { MediaKeys } from '@sightline/store';

/** The media server that this centre shares a secret with, and where pages find it. */
export interface MediaSettings {
  /** 32 characters or more. */
  readonly secret: string;
  /** Root of the signalling, `http(s)://host:port`. */
  readonly url: string;
}

export interface Keys extends MediaKeys {
  /** What opens one recording until then; epoch seconds. */
  readonly recordingToken: (claims: Omit<RecordingClaims, 'v'>) => string;
}

/** Signs what opens a seat or a recording (`seat-token.ts` in contracts). */
export function openMediaKeys({ secret, url }: MediaSettings): Keys {
  const seatKey = keyOf(secret, tokenKeyInfo.seat);
  const recordingKey = keyOf(secret, tokenKeyInfo.recording);
  return {
    mediaUrl: url,
    seatToken: ({ meetingId, seatId, until }) => {
      const seconds = Math.ceil(Temporal.Instant.from(until).epochMilliseconds / 1_000);
      return sign({ v: 1, meetingId, seatId, until: seconds }, seatKey);
    },
    recordingToken: (claims) => sign({ v: 1, ...claims }, recordingKey),
  };
}

/** Where there is no media server, terminals are told so: no address, no key. */
export const noMediaKeys: MediaKeys = { mediaUrl: '', seatToken: () => '' };

function keyOf(secret: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', info, 32));
}

function sign(claims: SeatClaims | RecordingClaims, key: Buffer): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
}
