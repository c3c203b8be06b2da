export { readConfig, type MediaConfig } from '#config.ts';
export { startMedia, type Media, type MediaDeps } from '#start-media.ts';
export {
  bringWorker,
  type BringOptions,
  type BringProgress,
  type BroughtWorker,
} from '#worker-binary/bring-worker.ts';
export { BRING_COMMAND, findWorker, type FoundWorker } from '#worker-binary/find-worker.ts';
export { readWorkerPlaces, type WorkerPlaces } from '#worker-binary/worker-config.ts';
export type { RtcListen } from '#workers/rtc-listen.ts';
export type { MediaWorker } from '#workers/start-worker.ts';
export {
  startWorkers,
  type Workers,
  type WorkersConfig,
  type WorkersDeps,
} from '#workers/start-workers.ts';
export type { WorkerUsage } from '#workers/watch-usage.ts';
export type { WorkerLog } from '#workers/worker-log.ts';
