import { refuse, type CourseFileType, type Refusal } from '@sightline/contracts';
import sharp from 'sharp';
import { preparingLimits as limits } from './course-limits.ts';

/**
 * A picture is decoded and written anew, upright and no larger than a terminal shows it: of its file nothing
 * rides along, neither where it was taken nor what was hidden behind it. Refuses what is none.
 */
export async function preparePicture(order: {
  readonly from: string;
  readonly type: CourseFileType;
  readonly to: string;
}): Promise<Refusal | null> {
  const { pictureSidePx: side, picturePixels } = limits;
  const kind = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const;
  if (!(order.type in kind)) throw new Error(`${order.type} is no picture.`);
  try {
    await sharp(order.from, { limitInputPixels: picturePixels, failOn: 'error' })
      .rotate()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toFormat(kind[order.type as keyof typeof kind], { quality: 82 })
      .toFile(order.to);
    return null;
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes('pixel limit')) {
      return refuse(
        'picture-resolution',
        `A picture has at most ${picturePixels / 1e6} million pixels. Export it smaller.`,
      );
    }
    return refuse(
      'picture-broken',
      'This picture cannot be read: it is damaged, or none. Export it again.',
    );
  }
}
