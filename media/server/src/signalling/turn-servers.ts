import { createHmac } from 'node:crypto';
import type { EnterReply, SeatId } from '@sightline/contracts';
import type { MediaConfig } from '#config.ts';
import { limits } from '#limits.ts';

/** Credentials good for one meeting, by coturn's REST scheme (`use-auth-secret`): it needs to be told nothing. */
export function turnServers(
  turn: MediaConfig['turn'],
  who: { readonly seatId: SeatId; readonly nowMs: number },
): EnterReply['iceServers'] {
  if (turn === null) return [];
  const username = `${Math.floor(who.nowMs / 1000) + limits.media.turnSeconds}:${who.seatId}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [{ urls: turn.urls, username, credential }];
}
