import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IceServer, SeatId } from '@sightline/contracts';
import type { MediaConfig } from '#config.ts';
import { limits } from '#limits.ts';

/** Relays for one seat at a moment, in milliseconds since 1970; none where there is no relay. */
export type TurnServers = (seatId: SeatId, nowMs: number) => readonly IceServer[];

/**
 * Makes keys of the relay by coturn's REST scheme (`use-auth-secret`, draft-uberti-behave-turn-rest-00): each names
 * its seat and its end, so the relay needs to be told nothing. The secret itself leaves this function in no key.
 * Throws where its file cannot be read or holds too little.
 */
export function openTurnServers(turn: MediaConfig['turn']): TurnServers {
  if (turn === null) return () => [];
  const { urls } = turn;
  const secret = readSecret(turn.secretFile);
  return (seatId, nowMs) => {
    const username = `${Math.floor(nowMs / 1000) + limits.media.turnSeconds}:${seatId}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return [{ urls, username, credential }];
  };
}

function readSecret(file: string): string {
  const secret = textOf(file).trim();
  if (secret.length >= limits.media.turnSecretChars) return secret;
  throw new Error(
    `SIGHTLINE_MEDIA_TURN_SECRET_FILE is "${file}", which holds ${secret.length} characters; ` +
      `${limits.media.turnSecretChars} or more are expected, the static-auth-secret of coturn.`,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`SIGHTLINE_MEDIA_TURN_SECRET_FILE is "${file}", which cannot be read.`, {
      cause,
    });
  }
}
