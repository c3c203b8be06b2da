/** What the rules need of a face that the models found; the models' own `Face` is one of these. */
export interface MeasuredFace {
  readonly box: FaceBox;
  readonly quality: {
    readonly sizePx: number;
    readonly brightness: number;
    readonly sharpness: number;
  };
  /** Positive yaw: the person turned to their own right. */
  readonly pose: { readonly yawDeg: number; readonly pitchDeg: number; readonly rollDeg: number };
}

export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A measured face with its template (特征) and what tells a living one from a picture. */
export interface ReadFace extends MeasuredFace {
  readonly template: Float32Array;
  /** Probability that it is alive, 0 to 1. */
  readonly liveness: number;
  /** Probability that each eye is closed, 0 to 1. */
  readonly eyesClosed: readonly [number, number];
  /** 68 points of iBUG 300-W in pixels of the frame. */
  readonly landmarks: readonly { readonly x: number; readonly y: number }[];
}

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** The picture around the faces. */
export interface SeenFrame extends FrameSize {
  /** As good as black. */
  readonly isDark: boolean;
}

/** Similarity of two templates, −1 to 1. */
export type Compare = (a: Float32Array, b: Float32Array) => number;

/** Shared area of two boxes as a share of their union, 0 to 1. */
export function overlapOf(a: FaceBox, b: FaceBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
