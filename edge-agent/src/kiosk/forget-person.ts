import { isRefusal } from '@sightline/contracts';
import { placeOf, type WatchParts } from '#kiosk/watch-parts.ts';

/** Erases a person's template here and records it. Twice does no harm. */
export async function forgetFace(parts: WatchParts, personId: string): Promise<void> {
  if (!parts.gallery.personIds().includes(personId)) return;
  await parts.gallery.erase([personId]);
  const place = placeOf(parts);
  if (isRefusal(place)) return; // Not enrolled: nobody to tell.
  const { terminalId, region, reading } = place;
  const fact = await parts.terminal.record({
    stream: `person/${region}/${personId}`,
    type: 'face.erased',
    actor: `terminal:${terminalId}`,
    data: { personId, terminalId },
    reading,
  });
  if (isRefusal(fact)) throw new Error(`A face was erased but not recorded: ${fact.detail}`);
}
