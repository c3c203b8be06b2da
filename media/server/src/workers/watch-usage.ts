import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '#limits.ts';
import type { RunningWorker } from './start-worker.ts';

/** What one worker uses. */
export interface WorkerUsage {
  readonly workerId: string;
  readonly pid: number;
  /** User and system time since its start. */
  readonly cpuMs: number;
  /** Cores busy over the last seconds: 0 idle, 1 full. */
  readonly cores: number;
  /** Most resident memory it ever had. */
  readonly residentPeakKb: number;
  readonly routers: number;
}

interface Sample {
  readonly atMs: number;
  readonly cpuMs: number;
  readonly usage: WorkerUsage;
}

export interface UsageWatch extends AsyncDisposable {
  /** The newest known of that worker; null before its first answer. */
  of(workerId: string): WorkerUsage | null;
}

/** Asks every worker for its usage again and again, and kills one that has stopped answering: it hangs. */
export function watchUsage(
  workers: () => readonly RunningWorker[],
  onHang: (worker: RunningWorker) => void,
): UsageWatch {
  const samples = new Map<string, Sample>();
  const stop = new AbortController();
  const round = async (): Promise<void> => {
    const alive = workers();
    await Promise.all(alive.map((worker) => sampleOne(worker, { samples, onHang, stop })));
    const ids = new Set(alive.map(({ id }) => id));
    for (const id of samples.keys()) if (!ids.has(id)) samples.delete(id);
  };
  const running = (async () => {
    while (!stop.signal.aborted) {
      await round();
      await delay(limits.workers.usageEveryMs, null, { signal: stop.signal }).catch(() => null);
    }
  })();
  return {
    of: (workerId) => samples.get(workerId)?.usage ?? null,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function sampleOne(
  running: RunningWorker,
  {
    samples,
    onHang,
    stop,
  }: {
    readonly samples: Map<string, Sample>;
    readonly onHang: (worker: RunningWorker) => void;
    readonly stop: AbortController;
  },
): Promise<void> {
  const { id: workerId, pid, worker } = running;
  // Closing the worker rejects the question: its end is told elsewhere.
  const asked = worker.getResourceUsage().catch(() => 'gone' as const);
  const late = new AbortController();
  const signal = AbortSignal.any([late.signal, stop.signal]);
  const silence = delay(limits.workers.silentMs, 'silent' as const, { signal });
  const answer = await Promise.race([asked, silence.catch(() => 'gone' as const)]);
  late.abort();
  if (answer === 'silent') return onHang(running);
  if (answer === 'gone') return;
  const atMs = performance.now();
  const cpuMs = answer.ru_utime + answer.ru_stime;
  const last = samples.get(workerId);
  const cores = last === undefined ? 0 : (cpuMs - last.cpuMs) / Math.max(1, atMs - last.atMs);
  const usage = {
    workerId,
    pid,
    cpuMs,
    cores,
    residentPeakKb: answer.ru_maxrss,
    routers: running.routers(),
  };
  samples.set(workerId, { atMs, cpuMs, usage });
}
