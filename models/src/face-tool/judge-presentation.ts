import type { RgbFrame } from '#domain/face.ts';
import type { FaceReader } from '#face-reader.ts';
import { decodeFrames } from '#film/decode-frames.ts';
import { FILM } from '#face-tool/list-presentations.ts';
import { openPicture } from '#face-tool/open-picture.ts';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import { LIMITS } from '#limits.ts';

/** How alive a presentation is, 0 to 1; null with the reason when no face was found in it. */
export type Judged =
  | { readonly score: number; readonly why: null }
  | { readonly score: null; readonly why: string };

/**
 * Liveness of a presentation: the mean over the frames of a film that show a face, of the most prominent one in each;
 * a picture is a film of one frame.
 */
export async function judgePresentation(reader: FaceReader, file: string): Promise<Judged> {
  let frames: readonly RgbFrame[];
  try {
    frames = FILM.test(file) ? await openFilm(file) : [await openPicture(file)];
  } catch (error) {
    if (error instanceof ToolRefusal) return { score: null, why: error.message };
    throw error;
  }
  let [sum, count] = [0, 0];
  for (const frame of frames) {
    const [face] = await reader.read(frame);
    if (face === undefined) continue;
    sum += face.liveness;
    count++;
  }
  if (count === 0) return { score: null, why: `${file} shows no face that can be read.` };
  return { score: sum / count, why: null };
}

async function openFilm(file: string): Promise<RgbFrame[]> {
  const { filmFrames, filmFramesPerSecond, filmWidthPx } = LIMITS;
  const filter = `scale='min(${filmWidthPx},iw)':-2`;
  const pick = { count: filmFrames, framesPerSecond: filmFramesPerSecond, filter };
  return await decodeFrames(file, pick).catch((cause: unknown) => {
    throw new ToolRefusal(cause instanceof Error ? cause.message : String(cause), { cause });
  });
}
