import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorker } from 'mediasoup';
import type { WebRtcServer, Worker } from 'mediasoup/types';
import { limits } from '#limits.ts';
import { listenFault, listenInfosOf, type RtcListen } from './rtc-listen.ts';

/** One life of one worker process; the next life in its place has another id. */
export interface MediaWorker {
  readonly id: string;
  readonly pid: number;
  readonly worker: Worker;
  /** Its port for all browsers. */
  readonly webRtcServer: WebRtcServer;
}

export interface RunningWorker extends MediaWorker, AsyncDisposable {
  /** Routers open on it now. */
  routers(): number;
  /** Resolves with the reason once the process is gone, whoever ended it. */
  readonly ended: Promise<string>;
  /** SIGKILL, for one that hangs. */
  kill(): void;
}

export interface StartWorkerOptions {
  /** Path of the worker binary, from `findWorker`. */
  readonly binary: string;
  readonly rtc: RtcListen;
}

/** Starts a worker that listens. Throws what is wrong with the binary or the ports; no process stays then. */
export async function startWorker({ binary, rtc }: StartWorkerOptions): Promise<RunningWorker> {
  const worker = await spawned(binary);
  const ended = endOf(worker);
  const end = () => endWorker(worker, ended);
  let webRtcServer: WebRtcServer;
  try {
    webRtcServer = await worker.createWebRtcServer({ listenInfos: listenInfosOf(rtc) });
  } catch (error) {
    await end();
    throw listenFault(rtc, error);
  }
  let routers = 0;
  worker.observer.on('newrouter', (router) => {
    routers += 1;
    router.observer.once('close', () => (routers -= 1));
  });
  return {
    id: randomUUID(),
    pid: worker.pid,
    worker,
    webRtcServer,
    ended,
    routers: () => routers,
    kill: () => killByPid(worker),
    [Symbol.asyncDispose]: end,
  };
}

async function spawned(binary: string): Promise<Worker> {
  const starting = createWorker({ workerBin: binary, logLevel: 'warn' });
  const late = new AbortController();
  try {
    return await Promise.race([
      starting,
      delay(limits.workers.startMs, null, { signal: late.signal }).then(() => {
        throw new Error(`no word within ${limits.workers.startMs / 1000} s`);
      }),
    ]);
  } catch (cause) {
    void starting.then(killByPid, () => undefined); // One that comes up after all is not wanted any more.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The media worker ${binary} did not start: ${reason}`, { cause });
  } finally {
    late.abort();
  }
}

function endOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    let how = 'it was closed';
    worker.once('died', (error) => (how = error.message));
    // Said after 'died' too, and once however it ended.
    worker.once('subprocessclose', () => resolve(how));
  });
}

async function endWorker(worker: Worker, ended: Promise<string>): Promise<void> {
  worker.close();
  if (await isWithin(ended, limits.workers.endMs)) return;
  killByPid(worker);
  await isWithin(ended, limits.workers.killMs);
}

function killByPid(worker: Worker): void {
  if (worker.subprocessClosed) return; // Its number may be somebody else's by now.
  try {
    process.kill(worker.pid, 'SIGKILL');
  } catch {
    // It ended this moment.
  }
}

async function isWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const late = new AbortController();
  const isThere = await Promise.race([
    promise.then(() => true),
    delay(ms, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  return isThere;
}
