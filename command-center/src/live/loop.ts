import { setTimeout as pause } from 'node:timers/promises';

export interface LoopOptions {
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** From the end of one turn to the beginning of the next. */
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}

export interface Loop extends AsyncDisposable {
  /** Begins the next turn without waiting. */
  readonly wake: () => void;
}

/** Runs `work` again and again, one turn at a time, also after it failed, until disposed. */
export function startLoop({ work, everyMs, onError }: LoopOptions): Loop {
  const stopping = new AbortController();
  let waking = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      waking = new AbortController();
      await work(stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) onError(error);
      });
      const signal = AbortSignal.any([stopping.signal, waking.signal]);
      // The wait ends early by being woken or stopped: that is no error.
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    wake: () => waking.abort(),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}
