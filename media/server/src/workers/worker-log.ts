type Say = (fields: object, words: string) => void;

/** Where workers are told of: pino's logger is one. */
export interface WorkerLog {
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
}
