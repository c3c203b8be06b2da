import type { Face } from '@sightline/models';
import type { Eyes } from '#face/eyes.ts';

/** Eyes that see what they are told: for pictures and for states no footage shows. */
export interface ScriptedEyes extends Eyes {
  /** `reads`: for so many frames, then nobody. */
  show(faces: readonly Face[], reads?: number): void;
  /** While they are shut, no session goes on or runs out of time, however long a picture takes. */
  whileShut<T>(act: () => Promise<T>): Promise<T>;
}

const templateLength = 4;

export function scriptedEyes(): ScriptedEyes {
  let faces: readonly Face[] = [];
  let left = 0;
  let shut: Promise<unknown> = Promise.resolve();
  const look = async (): Promise<readonly Face[]> => {
    await shut;
    left -= 1;
    return left >= 0 ? faces : [];
  };
  return {
    model: {
      id: 'scripted@1',
      length: templateLength,
      matchThreshold: 0.5,
      livenessThreshold: 0.5,
    },
    show(next, reads = Number.POSITIVE_INFINITY) {
      faces = next;
      left = reads;
    },
    async whileShut(act) {
      const opening = Promise.withResolvers<null>();
      shut = opening.promise;
      try {
        return await act();
      } finally {
        opening.resolve(null);
      }
    },
    trouble: () => null,
    read: look,
    find: look,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** A good face in the middle of a 640×480 frame; `axis` says whose. */
export function scriptedFace(axis: number): Face {
  const template = new Float32Array(templateLength);
  template[axis] = 1;
  return {
    box: { x: 220, y: 120, width: 200, height: 240 },
    landmarks: [],
    quality: {
      score: 1,
      sizePx: 200,
      brightness: 120,
      contrast: 40,
      sharpness: 90,
      offCentre: 0,
    },
    pose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
    eyesClosed: [0, 0],
    liveness: 1,
    template,
  };
}
