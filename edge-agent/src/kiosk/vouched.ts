import { createHash } from 'node:crypto';
import { isRefusal, refuse, type Grant, type HashText, type Refusal } from '@sightline/contracts';
import { checkGrant, type GrantRequest } from '#domain/check-grant.ts';
import { countTry } from '#kiosk/count-tries.ts';
import { placeFor, type WatchParts, type WatchPlace } from '#kiosk/watch-parts.ts';

/** The grant behind a code from the console: a second person vouches for this one. Not used up yet. */
export async function vouched(
  parts: WatchParts,
  request: GrantRequest,
): Promise<{ readonly grant: Grant; readonly place: WatchPlace } | Refusal> {
  const place = placeFor(parts, request.personId);
  if (isRefusal(place)) return place;
  const subject = { kind: 'code', personId: request.personId, now: place.now } as const;
  const grant = await countTry(parts.records, subject, async () =>
    checkGrant(place.grants, request, {
      now: place.now,
      used: parts.records.usedGrants(),
      hash: sha256Text,
    }),
  );
  if (!isRefusal(grant)) return { grant, place };
  const isCutOff = parts.terminal.state().link.state === 'down';
  return grant.code === 'code-wrong' && isCutOff ? notArrived() : grant;
}

/** A code travels with the desired state: without the link a new one is unknown here, right or wrong. */
function notArrived(): Refusal {
  return refuse(
    'code-not-arrived',
    'This code has not arrived here: the terminal is not connected. Try again when it is.',
  );
}

const sha256Text: HashText = (text) => createHash('sha256').update(text).digest('base64url');
