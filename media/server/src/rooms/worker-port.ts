import type { types } from 'mediasoup';

/** A worker that lives, and its door for WebRTC. */
export interface LiveWorker {
  readonly id: string;
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
}

/** What rooms need of the workers. */
export interface WorkerPort {
  /** The least loaded; null = none lives now. */
  readonly pick: () => LiveWorker | null;
  /** Called whenever a worker begins to live; returns how to stop listening. */
  readonly onReady: (listener: () => void) => () => void;
}
