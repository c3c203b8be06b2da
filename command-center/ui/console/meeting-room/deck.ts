import { meetingLimits } from '@sightline/contracts';
import type { SeatAccess } from './seat-access.ts';

/** Wider than any screen it is shown on. */
const widthMost = 1_920;
const timeoutMs = 30_000;
const qualities = [0.85, 0.7, 0.5] as const;

/** Where one page of a deck is fetched. */
export function slideUrl(access: SeatAccess, deckId: string, page: number): string {
  return `${access.mediaUrl}/decks/${deckId}/${page}?token=${access.seatToken}`;
}

/** Puts pictures on the media server as a new deck, in their order; the deck's id. Throws where one fails. */
export async function uploadDeck(access: SeatAccess, files: readonly File[]): Promise<string> {
  const deckId = crypto.randomUUID();
  for (const [at, file] of files.slice(0, meetingLimits.slidePages).entries()) {
    const body = await asSlide(file);
    const reply = await fetch(slideUrl(access, deckId, at + 1), {
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!reply.ok)
      throw new Error(`${file.name}: ${reply.status} ${(await reply.text()).slice(0, 200)}`);
  }
  return deckId;
}

/** A picture as a JPEG that fits a page of a deck. */
async function asSlide(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, widthMost / picture.width);
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of qualities) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= meetingLimits.slideBytes) return blob;
  }
  throw new Error(`${file.name} is larger than ${meetingLimits.slideBytes} bytes as a JPEG.`);
}
