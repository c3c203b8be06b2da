import {
  openFaceReader,
  type Face,
  type FaceReader,
  type FoundFace,
  type RgbFrame,
  type TemplateModel,
} from '@sightline/models';
import { faceDeskLimits } from '#face/limits.ts';

/** A face reader that may be missing and comes back: the terminal works by PIN meanwhile. */
export interface Eyes extends AsyncDisposable {
  /** Null when no reader could be opened since the start. */
  readonly model: TemplateModel | null;
  /** Why nobody can be recognised now, and what to do; null when all is well. */
  trouble(): string | null;
  /** The faces of a frame with templates; null when it could not be read. */
  read(frame: RgbFrame): Promise<readonly Face[] | null>;
  /** As `read`, without templates. */
  find(frame: RgbFrame): Promise<readonly FoundFace[] | null>;
}

export interface EyesOptions {
  /** The folder of the networks; the project's own unless told. */
  readonly weightsDir?: string;
  readonly log: { warn(fields: object, message: string): void };
}

/** Opens the eyes; never fails: without networks `trouble` says what is missing. */
export async function openEyes(options: EyesOptions): Promise<Eyes> {
  const weights = options.weightsDir === undefined ? {} : { weightsDir: options.weightsDir };
  const first = await openFaceReader(weights).catch((error: unknown) => wordsOf(error));
  if (typeof first === 'string') {
    options.log.warn({ trouble: first }, 'Faces cannot be recognised');
    return blindEyes(first);
  }
  return reopeningEyes(first, { open: () => openFaceReader(weights), log: options.log });
}

/** Eyes that see nothing, for a terminal without a face reader. */
export function blindEyes(trouble: string): Eyes {
  return {
    model: null,
    trouble: () => trouble,
    read: async () => null,
    find: async () => null,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

interface Reopening {
  readonly open: () => Promise<FaceReader>;
  readonly log: EyesOptions['log'];
}

function reopeningEyes(first: FaceReader, { open, log }: Reopening): Eyes {
  let reader: FaceReader | null = first;
  let trouble: string | null = null;
  let openedAtMs = performance.now();
  async function use<T>(look: (reader: FaceReader) => Promise<T>): Promise<T | null> {
    try {
      if (reader === null) {
        if (performance.now() - openedAtMs < faceDeskLimits.reopenMs) return null;
        openedAtMs = performance.now();
        reader = await open();
      }
      const seen = await look(reader);
      trouble = null;
      return seen;
    } catch (error) {
      if (isPassing(error)) return null;
      trouble = wordsOf(error);
      log.warn({ trouble }, 'Faces cannot be recognised now');
      const ended = reader;
      reader = null;
      await ended?.[Symbol.asyncDispose]();
      return null;
    }
  }
  const signal = (): AbortSignal => AbortSignal.timeout(faceDeskLimits.readMs);
  return {
    model: first.model,
    trouble: () => trouble,
    read: (frame) => use((open) => open.read(frame, { signal: signal() })),
    find: (frame) => use((open) => open.find(frame, { signal: signal() })),
    async [Symbol.asyncDispose]() {
      await reader?.[Symbol.asyncDispose]();
      reader = null;
      openedAtMs = Number.POSITIVE_INFINITY;
    },
  };
}

/** A frame that was too much or of a wrong size: the reader itself is well. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'fault' in error &&
    (error.fault === 'busy' || error.fault === 'frame')
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the face reader ended for an unknown reason';
}
