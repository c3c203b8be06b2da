/** One picture of the camera in memory: rows from the top, three bytes (R, G, B) a pixel. */
export interface RgbFrame {
  readonly width: number;
  readonly height: number;
  /** `width * height * 3` bytes. The reader copies them, so the camera may go on using its buffer. */
  readonly pixels: Uint8Array;
}

/** A point in pixels of the frame, from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in pixels of the frame. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a quality gate may ask of a face (人脸质量). Plain measurements: the gate's limits belong to the caller. */
export interface FaceQuality {
  /** The detector's confidence, 0 to 1. */
  readonly score: number;
  /** Shorter side of the box in pixels of the frame. */
  readonly sizePx: number;
  /** Mean grey of the aligned face, 0 (black) to 255 (white). */
  readonly brightness: number;
  /** Standard deviation of the grey of the aligned face, 0 (flat) to 127. */
  readonly contrast: number;
  /** Variance of the Laplacian of the aligned face, after a fixed scale: below ≈ 20 the face is a blur. */
  readonly sharpness: number;
  /** Distance of the box's middle from the frame's middle, 0 (middle) to 1 (corner). */
  readonly offCentre: number;
}

/** Where the head is turned (头部姿态), in degrees; 0, 0, 0 looks straight into the camera. */
export interface HeadPose {
  /** Positive: the nose points to the left edge of the picture; unmirrored, the person turned to their own right. */
  readonly yawDeg: number;
  /** Positive: the nose points up. */
  readonly pitchDeg: number;
  /** Positive: the head leans clockwise as seen in the picture. */
  readonly rollDeg: number;
}

/** A face that was found, before its template is taken. */
export interface FoundFace {
  readonly box: Box;
  /** 68 points in the order of iBUG 300-W: jaw 0–16, brows 17–26, nose 27–35, eyes 36–47, mouth 48–67. */
  readonly landmarks: readonly Point[];
  readonly quality: FaceQuality;
  readonly pose: HeadPose;
}

/** Everything that one frame tells of one face. */
export interface Face extends FoundFace {
  /** Probability that each eye is closed, 0 to 1; left and right as seen in the picture. */
  readonly eyesClosed: readonly [number, number];
  /** Probability that the face is alive and not a print or a screen (活体检测), 0 to 1. One layer, never the only one. */
  readonly liveness: number;
  /** The template (特征): unit length, so that a dot product is the cosine similarity. */
  readonly template: Float32Array;
}
