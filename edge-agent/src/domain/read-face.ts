/** What the rules need of a face that the models found; the models' own `Face` is one of these. */
export interface MeasuredFace {
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly quality: {
    readonly sizePx: number;
    readonly brightness: number;
    readonly sharpness: number;
  };
  readonly pose: { readonly yawDeg: number; readonly pitchDeg: number; readonly rollDeg: number };
}

/** A measured face with its template (特征). */
export interface ReadFace extends MeasuredFace {
  readonly template: Float32Array;
}

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Similarity of two templates, −1 to 1. */
export type Compare = (a: Float32Array, b: Float32Array) => number;
