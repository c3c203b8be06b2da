import { erasureText, isRefusal, type Fact, type Refusal } from '@sightline/contracts';
import type { OwedReceipt } from '#face/gallery-file.ts';
import type { Erasing } from '#face/gallery.ts';
import { placeOf, type WatchParts, type WatchPlace } from '#kiosk/watch-parts.ts';

/**
 * Erases a person's template here; its signed receipt (删除回执) becomes a fact right after, or when the
 * terminal starts again. Twice does no harm. False: there was none.
 */
export async function forgetFace(parts: WatchParts, erasing: Erasing): Promise<boolean> {
  const isErased = await parts.gallery.erase(erasing);
  await recordOwedReceipts(parts);
  return isErased;
}

/** Makes facts of the erasures that are none yet. What cannot be kept now stays owed. */
export async function recordOwedReceipts(parts: WatchParts): Promise<void> {
  for (const receipt of parts.gallery.owed()) {
    const place = placeOf(parts);
    if (isRefusal(place)) return; // Not enrolled: nobody to tell.
    if (receipt.isOwnWord && isRefusal(await recordWithdrawal(parts, receipt, place))) return;
    if (isRefusal(await recordErasure(parts, receipt, place))) return;
    await parts.gallery.settle(receipt);
  }
}

function recordWithdrawal(
  { terminal }: WatchParts,
  { personId }: OwedReceipt,
  { terminalId, region, reading }: WatchPlace,
): Promise<Fact | Refusal> {
  return terminal.record({
    stream: `person/${region}/${personId}`,
    type: 'consent.withdrawn',
    actor: `person:${personId}`,
    data: { personId, terminalId },
    reading,
  });
}

function recordErasure(
  { terminal }: WatchParts,
  { personId, reason, model }: OwedReceipt,
  { terminalId, region, reading }: WatchPlace,
): Promise<Fact | Refusal> {
  const erased = { personId, terminalId, reason, model };
  const sig = terminal.sign((source) => erasureText({ ...erased, source, at: reading.at }));
  return terminal.record({
    stream: `person/${region}/${personId}`,
    type: 'face.erased',
    actor: `terminal:${terminalId}`,
    data: { ...erased, sig },
    reading,
  });
}
