import { meetingLimits, slideSizes, type SlideSize } from '@sightline/contracts';
import { slideUrl, type SlideAccess } from '@sightline/media-client';
import { Problem, problemOf } from '../api/call.ts';

const timeoutMs = 30_000;
/** Tried one after the other until a page is small enough. */
const tries: Readonly<Record<SlideSize, readonly (readonly [widthPx: number, quality: number])[]>> =
  {
    large: [
      [1_920, 0.8],
      [1_920, 0.6],
      [1_600, 0.5],
      [1_280, 0.4],
    ],
    small: [
      [1_024, 0.6],
      [1_024, 0.4],
      [800, 0.3],
      [640, 0.2],
    ],
  };

/** Puts pictures on the media server as a new deck, in their order; the deck's id. Throws the name of one that fails; cause = why. */
export async function uploadDeck(access: SlideAccess, files: readonly File[]): Promise<string> {
  const deckId = crypto.randomUUID();
  for (const [at, file] of files.slice(0, meetingLimits.slidePages).entries()) {
    using picture = await openPicture(file);
    for (const size of slideSizes) {
      await put(access, slideUrl(access.mediaUrl, { deckId, page: at + 1 }, size), {
        name: file.name,
        body: await asSlide(picture.bitmap, { size, name: file.name }),
      });
    }
  }
  return deckId;
}

async function openPicture(file: File): Promise<Disposable & { readonly bitmap: ImageBitmap }> {
  const bitmap = await createImageBitmap(file).catch((fault: unknown) => {
    throw new Error(file.name, { cause: new Problem(0, 'picture-broken', String(fault)) });
  });
  return { bitmap, [Symbol.dispose]: () => bitmap.close() };
}

async function put(
  { seatToken }: SlideAccess,
  url: string,
  { name, body }: { readonly name: string; readonly body: Blob },
): Promise<void> {
  const reply = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg', authorization: `Bearer ${seatToken}` },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((fault: unknown) => {
    throw new Error(name, { cause: new Problem(0, 'unreachable', String(fault)) });
  });
  if (!reply.ok) throw new Error(name, { cause: problemOf(reply.status, await reply.text()) });
}

/** A picture as a JPEG that fits a page of a deck in this size. */
async function asSlide(
  picture: ImageBitmap,
  { size, name }: { readonly size: SlideSize; readonly name: string },
): Promise<Blob> {
  for (const [widthPx, quality] of tries[size]) {
    const scale = Math.min(1, widthPx / picture.width);
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(picture.width * scale)),
      Math.max(1, Math.round(picture.height * scale)),
    );
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= meetingLimits.slideBytes[size]) return blob;
  }
  const most = meetingLimits.slideBytes[size];
  const cause = new Problem(0, 'slide-too-large', `It is larger than ${most} bytes as a JPEG.`);
  throw new Error(name, { cause });
}
