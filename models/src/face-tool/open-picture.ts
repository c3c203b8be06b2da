import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import type { RgbFrame } from '#domain/face.ts';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import { LIMITS } from '#limits.ts';

/** The largest frame that the reader takes; a larger picture is scaled down to fit. */
const LONG_SIDE_PX = 2880;

/**
 * A picture file as a frame: upright as its camera says (EXIF), scaled down when it is larger than a frame may be.
 * @throws ToolRefusal that names the file when it is missing, too large, or no picture.
 */
export async function openPicture(file: string): Promise<RgbFrame> {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new ToolRefusal(`${file} is not there: check the path.`);
  if (!found.isFile()) throw new ToolRefusal(`${file} is no file: name a picture.`);
  if (found.size > LIMITS.pictureBytes) {
    throw new ToolRefusal(`${file} is larger than ${LIMITS.pictureBytes} bytes: scale it down.`);
  }
  const frame = await decode(file).catch((cause: unknown) => {
    throw new ToolRefusal(
      `${file} is no picture that can be read: give a JPEG, PNG, WebP, TIFF, GIF or AVIF file.`,
      { cause },
    );
  });
  if (Math.min(frame.width, frame.height) < LIMITS.frameSidePx) {
    throw new ToolRefusal(
      `${file} has ${frame.width}×${frame.height} pixels, a side needs ${LIMITS.frameSidePx}: give a larger picture.`,
    );
  }
  return frame;
}

async function decode(file: string): Promise<RgbFrame> {
  const { data, info } = await sharp(file, { limitInputPixels: LIMITS.picturePixels })
    .autoOrient()
    .resize({
      width: LONG_SIDE_PX,
      height: LONG_SIDE_PX,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .flatten()
    .toColourspace('srgb')
    .removeAlpha()
    .timeout({ seconds: LIMITS.pictureTimeoutS })
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`${file} gave ${info.channels} channels`);
  return { width: info.width, height: info.height, pixels: data };
}
