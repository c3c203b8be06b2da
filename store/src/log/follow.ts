import { listen } from '#engine/listen.ts';
import { pause, retryDelayMs } from '#engine/pause.ts';
import type { Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import type { StoredFact } from './log-entry.ts';
import { readLog } from './read-log.ts';

export interface FollowerOptions {
  /** The last position already seen; 0 = from the beginning. */
  readonly from: number;
  /** Entries in order, never empty, at most `limits.entriesPerRead`; awaited before the next. */
  readonly onBatch: (entries: readonly StoredFact[]) => Promise<void> | void;
  /** Reading or `onBatch` failed; the same batch comes again after a backoff. */
  readonly onError?: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

/** Follows the log from a position: woken by NOTIFY and every second; survives database restarts. */
export function startFollower(store: Store, options: FollowerOptions): AsyncDisposable {
  let position = options.from;
  return startPump(store, {
    ...options,
    step: async () => {
      const entries = await readLog(store.pool, { after: position });
      const last = entries.at(-1);
      if (last === undefined) return false;
      await options.onBatch(entries);
      position = last.position;
      return entries.length === limits.entriesPerRead;
    },
  });
}

export interface PumpOptions {
  /** Does a bounded piece of work; true = there is probably more. */
  readonly step: () => Promise<boolean>;
  readonly onError?: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

/** Runs `step` whenever the log has grown, every second, and after failures with a backoff. */
export function startPump(store: Store, options: PumpOptions): AsyncDisposable {
  const stopping = new AbortController();
  const signal =
    options.signal === undefined
      ? stopping.signal
      : AbortSignal.any([stopping.signal, options.signal]);
  const bell = openBell(signal);
  const listening = listen(store, ['log'], () => bell.ring());
  const running = pump(options, bell, signal);
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
      await listening[Symbol.asyncDispose]();
    },
  };
}

async function pump(options: PumpOptions, bell: Bell, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const more = await options.step();
      failures = 0;
      if (!more) await bell.wait(limits.followPollMs);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      options.onError?.(error);
      await pause(retryDelayMs(failures), signal);
    }
  }
}

interface Bell {
  ring(): void;
  /** Returns at once when it rang since the last wait. */
  wait(ms: number): Promise<void>;
}

function openBell(signal: AbortSignal): Bell {
  let rang = false;
  let wake: AbortController | null = null;
  return {
    ring() {
      rang = true;
      wake?.abort();
    },
    async wait(ms) {
      if (!rang) {
        wake = new AbortController();
        await pause(ms, AbortSignal.any([wake.signal, signal]));
        wake = null;
      }
      rang = false;
    },
  };
}
