import type { FaceReader } from '#face-reader.ts';

/** What a command of `face` works with. */
export interface Tool {
  readonly reader: FaceReader;
  /** One line of JSON to the operator. */
  readonly print: (answer: Readonly<Record<string, unknown>>) => void;
  /** A sentence beside the answer (stderr): progress, and what was left out. */
  readonly say: (sentence: string) => void;
}
