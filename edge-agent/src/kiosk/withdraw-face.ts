import { isRefusal, refuse, type KioskResult, type Refusal } from '@sightline/contracts';
import { forgetFace } from '#kiosk/forget-face.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import type { WatchParts } from '#kiosk/watch-parts.ts';

/**
 * 撤回同意. By the person's own PIN and nobody's leave: as easy as consenting was. Works without the
 * link; the receipt follows when it is back.
 */
export async function withdrawFace(
  parts: WatchParts,
  request: { readonly personId: string; readonly pin: string },
): Promise<KioskResult | Refusal> {
  const { personId } = request;
  const place = await provePin(parts, request);
  if (isRefusal(place)) return place;
  const isErased = await forgetFace(parts, { personId, reason: 'withdrawn', isOwnWord: true });
  return isErased
    ? { outcome: 'withdrawn', personId }
    : refuse('no-face-here', 'No face of this person is kept on this terminal.');
}
