import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import { countTry } from '#kiosk/count-tries.ts';
import { verifyPin } from '#kiosk/pin-hash.ts';
import { placeFor, type WatchParts, type WatchPlace } from '#kiosk/watch-parts.ts';

/** Whether this is the PIN of that person of the village; wrong ones lock. The place, when it is. */
export async function provePin(
  parts: WatchParts,
  { personId, pin }: { readonly personId: string; readonly pin: string },
): Promise<WatchPlace | Refusal> {
  const place = placeFor(parts, personId);
  if (isRefusal(place)) return place;
  const hash = parts.records.pinHash(personId);
  if (hash === null) {
    return refuse(
      'pin-not-set',
      'No PIN is set for this person. Ask the console for a code to set one.',
    );
  }
  const subject = { kind: 'pin', personId, now: place.now } as const;
  return countTry(parts.records, subject, async () =>
    (await verifyPin(hash, pin, parts.pinSecret))
      ? place
      : refuse('pin-wrong', 'This is not the PIN of this person. Try again.'),
  );
}
