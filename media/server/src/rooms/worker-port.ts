import type { MediaWorker } from '#workers/start-worker.ts';

/** What rooms need of the workers. */
export interface WorkerPort {
  /** The least loaded; null = none lives now. */
  readonly pick: () => MediaWorker | null;
  /** Called whenever a worker begins to live; returns how to stop listening. */
  readonly onReady: (listener: () => void) => () => void;
}
