export interface CoalesceOptions {
  /** Resolves to how long to wait before the next turn, at least. */
  readonly work: () => Promise<number>;
  /** Whether there is something to do. */
  readonly isDue: () => boolean;
}

export interface Coalescer extends AsyncDisposable {
  /** Something came: `work` runs now, or when the time of the turn before is over. */
  ask(): void;
  readonly isRunning: boolean;
}

/** Runs `work` for what comes: the first at once, a burst in turns, never two at a time. */
export function openCoalescer({ work, isDue }: CoalesceOptions): Coalescer {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let readyAtMs = Number.NEGATIVE_INFINITY;
  let closed = false;
  const turn = async (): Promise<void> => {
    const beganAtMs = performance.now();
    readyAtMs = beganAtMs + (await work());
  };
  const ask = (): void => {
    if (closed || timer !== null || running !== null || !isDue()) return;
    const start = (): void => {
      timer = null;
      running = turn().finally(() => {
        running = null;
        ask();
      });
    };
    timer = setTimeout(start, Math.max(0, readyAtMs - performance.now()));
  };
  return {
    ask,
    get isRunning() {
      return running !== null;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
