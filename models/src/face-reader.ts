import type { Face, FoundFace, RgbFrame } from '#domain/face.ts';

/** What the templates of a reader are, so that a gallery never mixes two models. */
export interface TemplateModel {
  /** Name and first hash digits of the embedding network; goes into every fact that a face decided. */
  readonly id: string;
  /** Numbers in a template. */
  readonly length: number;
  /** Similarity from which two templates count as one person (阈值), from the manifest. */
  readonly matchThreshold: number;
  /** Liveness from which a face counts as alive (活体阈值), from the manifest. */
  readonly livenessThreshold: number;
}

/**
 * Why a reader gave no answer; `message` says what to do. `busy` and `frame` concern one frame, `failed` too; after
 * `crashed`, `closed` and `timeout` the reader is gone and a new one must be opened; `weights`: it never opened.
 */
export type FaceReaderFault =
  | 'busy'
  | 'frame'
  | 'failed'
  | 'crashed'
  | 'closed'
  | 'timeout'
  | 'weights';

/** A fault of the reader. Not a refusal: "no face" is an empty list. */
export class FaceReaderError extends Error {
  readonly fault: FaceReaderFault;

  constructor(fault: FaceReaderFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FaceReaderError';
    this.fault = fault;
  }
}

/** The eyes: pixels in, faces out, in a thread of their own. */
export interface FaceReader extends AsyncDisposable {
  readonly model: TemplateModel;
  /**
   * The faces of a frame with everything known of them: the largest and most central first, at most `LIMITS.facesPerFrame`.
   * @throws FaceReaderError `busy` when too many frames wait, `frame` when the frame's size is wrong,
   *   `failed`, `timeout`, `crashed` or `closed`; the signal's reason when it was aborted.
   */
  read(frame: RgbFrame, options?: { signal?: AbortSignal }): Promise<Face[]>;
  /** As `read`, without template, eyes and liveness: for guiding a person before the camera at a third of the cost. */
  find(frame: RgbFrame, options?: { signal?: AbortSignal }): Promise<FoundFace[]>;
}

export interface FaceReaderOptions {
  /** The folder with the networks that the manifest names; `WEIGHTS_DIR` unless told. */
  readonly weightsDir?: string;
  /** Another manifest than the project's own, for an operator's own networks. */
  readonly manifestFile?: string;
  /** Ends the opening; a reader that is open is closed with `[Symbol.asyncDispose]`. */
  readonly signal?: AbortSignal;
}
