import { basename } from 'node:path';
import type { Face, Point } from '#domain/face.ts';
import { openPicture } from '#face-tool/open-picture.ts';
import type { Tool } from '#face-tool/tool.ts';

const tenth = (value: number): number => Number(value.toFixed(1));
const fine = (value: number): number => Number(value.toFixed(4));

/** `read IMAGE`: every face of a picture in numbers; templates only when asked for. */
export async function readCommand(
  { reader, print }: Tool,
  file: string,
  { template }: { readonly template: boolean },
): Promise<void> {
  const frame = await openPicture(file);
  const faces = await reader.read(frame);
  const { id, matchThreshold, livenessThreshold } = reader.model;
  print({
    file: basename(file),
    width: frame.width,
    height: frame.height,
    model: { id, matchThreshold, livenessThreshold },
    faces: faces.map((face) => describe(face, template)),
  });
}

function describe(face: Face, withTemplate: boolean): Record<string, unknown> {
  const { box, landmarks, quality, pose, eyesClosed, liveness, template } = face;
  return {
    box: rounded(box, tenth),
    landmarks: landmarks.map(({ x, y }: Point) => [tenth(x), tenth(y)]),
    quality: rounded(quality, fine),
    pose: rounded(pose, tenth),
    eyesClosed: eyesClosed.map(fine),
    liveness: fine(liveness),
    ...(withTemplate ? { template: [...template] } : {}),
  };
}

function rounded(
  numbers: Readonly<Record<string, number>> | object,
  round: (value: number) => number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).map(([key, value]) => [key, round(Number(value))]),
  );
}
