import { meetingLimits, refuse, type Refusal, type SlideSize } from '@sightline/contracts';
import sharp, { type Sharp } from 'sharp';
import { limits } from '#limits.ts';
import type { sniffImage } from './sniff-image.ts';

/**
 * A page is decoded and written anew, upright, no larger than its size is shown; of several frames the first.
 * Of the file nothing rides along: neither where it was taken nor what hung behind it. JPEG stays JPEG, the others become
 * WebP. Refuses with `picture-broken`, `slide-resolution` or `slide-too-large`.
 */
export async function remakePicture(
  bytes: Buffer,
  { type, size }: { readonly type: ReturnType<typeof sniffImage>; readonly size: SlideSize },
): Promise<Buffer | Refusal> {
  const most = meetingLimits.slideBytes[size];
  try {
    for (const quality of limits.decks.qualities) {
      const picture = upright(bytes, size);
      const written = type === 'image/jpeg' ? picture.jpeg({ quality }) : picture.webp({ quality });
      const page = await written.toBuffer();
      if (page.length <= most) return page;
    }
  } catch (cause) {
    return whyNot(cause);
  }
  return refuse('slide-too-large', `A ${size} page has at most ${most} bytes. Export it smaller.`);
}

function upright(bytes: Buffer, size: SlideSize): Sharp {
  const { inputPixels, sidePx, seconds } = limits.decks;
  const side = sidePx[size];
  return sharp(bytes, { limitInputPixels: inputPixels, failOn: 'error', sequentialRead: true })
    .timeout({ seconds })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
}

function whyNot(cause: unknown): Refusal {
  if (cause instanceof Error && cause.message.includes('pixel limit')) {
    const millions = limits.decks.inputPixels / 1e6;
    return refuse(
      'slide-resolution',
      `A page has at most ${millions} million pixels. Export it smaller.`,
    );
  }
  return refuse(
    'picture-broken',
    'This picture cannot be read: it is damaged, or none. Export it again.',
  );
}
