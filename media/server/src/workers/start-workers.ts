import { availableParallelism } from 'node:os';
import { limits } from '#limits.ts';
import { hearMediasoup } from './hear-mediasoup.ts';
import { assertEnoughPorts, type RtcListen } from './rtc-listen.ts';
import { startWorker, type MediaWorker, type RunningWorker } from './start-worker.ts';
import { watchUsage, type UsageWatch, type WorkerUsage } from './watch-usage.ts';
import type { WorkerLog } from './worker-log.ts';
import { WorkerSlot, type SlotEvents } from './worker-slot.ts';

export interface WorkersConfig {
  /** Path of the worker binary, from `findWorker`. */
  readonly binary: string;
  readonly rtc: RtcListen;
  /** One a core unless told. */
  readonly count?: number;
}

export interface WorkersDeps {
  readonly log: WorkerLog;
  /** Everything on it is gone: routers, transports, producers, consumers. */
  readonly onWorkerLost?: (workerId: string) => void;
  /** A new worker, at the start and after each loss: rooms can be made on it. */
  readonly onWorkerReady?: (worker: MediaWorker) => void;
  /** [0, 1), for the pauses. */
  readonly random?: () => number;
}

/** The workers of this machine, kept alive. */
export interface Workers extends AsyncDisposable {
  /** Those that are up now. */
  all(): readonly MediaWorker[];
  /** The least loaded: least CPU in tenths of a core, then fewest routers. Null while none is up. */
  pickWorker(): MediaWorker | null;
  /** What each that is up uses, as of its last answer; one just started is missing. */
  usage(): readonly WorkerUsage[];
}

/**
 * Starts the workers and keeps them alive: one that dies or hangs is replaced within 3 s. Disposing of them leaves
 * no process. Throws when they do not start: the binary does not run, or no port is free.
 */
export async function startWorkers(
  { binary, rtc, count = availableParallelism() }: WorkersConfig,
  deps: WorkersDeps,
): Promise<Workers> {
  const wanted = Math.min(limits.workers.count, Math.max(1, count));
  assertEnoughPorts(rtc, wanted);
  const { log, random = Math.random } = deps;
  hearMediasoup(log);
  await using held = new AsyncDisposableStack();
  const slots: WorkerSlot[] = [];
  // One after the other: on a full range the first that finds no port says so, and the others never start.
  while (slots.length < wanted) {
    const start = (): Promise<RunningWorker> => startWorker({ binary, rtc });
    const slot = await WorkerSlot.open({ start, events: eventsOf(deps), random });
    slots.push(held.use(slot));
  }
  const running = (): readonly RunningWorker[] =>
    slots.flatMap(({ worker }) => (worker === null ? [] : [worker]));
  const watch = held.use(
    watchUsage(running, (worker) => {
      log.error({ workerId: worker.id, pid: worker.pid }, 'media worker hangs; it is killed');
      worker.kill();
    }),
  );
  for (const slot of slots) slot.announce();
  const owned = held.move();
  return {
    all: running,
    pickWorker: () => leastLoaded(running(), watch),
    usage: () => running().flatMap(({ id }) => watch.of(id) ?? []),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function eventsOf({ log, onWorkerLost, onWorkerReady }: WorkersDeps): SlotEvents {
  return {
    onReady(worker) {
      log.info({ workerId: worker.id, pid: worker.pid }, 'media worker is ready');
      onWorkerReady?.(worker);
    },
    onLost({ workerId, pid, reason }) {
      log.warn({ workerId, pid, reason }, 'media worker was lost; another one starts');
      onWorkerLost?.(workerId);
    },
    onFault: (reason) => log.error({ reason }, 'media worker does not start; tried again'),
  };
}

function leastLoaded(running: readonly RunningWorker[], watch: UsageWatch): MediaWorker | null {
  const tenths = ({ id }: RunningWorker): number => Math.round((watch.of(id)?.cores ?? 0) * 10);
  const [least = null] = running.toSorted(
    (a, b) => tenths(a) - tenths(b) || a.routers() - b.routers(),
  );
  return least;
}
