import type { ReadFace } from '#domain/read-face.ts';
import type { Observation } from '#domain/face-session.ts';
import type { Novelty } from '#domain/frame-memory.ts';

/** Made-up faces for the tests of the rules: a good one unless told otherwise. */
export function sampleFace(change: Partial<ReadFace> = {}): ReadFace {
  return {
    box: { x: 220, y: 120, width: 200, height: 240 },
    quality: { sizePx: 200, brightness: 120, sharpness: 80 },
    pose: { yawDeg: 2, pitchDeg: -3, rollDeg: 1 },
    liveness: 0.99,
    eyesClosed: [0.02, 0.03],
    landmarks: [],
    template: direction(0),
    ...change,
  };
}

export const sampleFrame = { width: 640, height: 480, isDark: false } as const;

/** Templates on a circle: the similarity of two is the cosine of the angle between them. */
export function direction(degrees: number): Float32Array {
  const angle = (degrees / 180) * Math.PI;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

export const sampleRule = { threshold: 0.5, livenessThreshold: 0.5, compare: dot } as const;

/** `novelty`: new unless told otherwise. */
export function sampleObservation(
  faces: readonly ReadFace[],
  novelty: Novelty = 'new',
): Observation {
  return { novelty, frame: sampleFrame, faces };
}
