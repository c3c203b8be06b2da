/**
 * 口令队列. Turns at judging a password: a hash costs memory and a core for a while, so that few run at
 * once and few wait. Whoever finds the queue full is sent away before anything was spent.
 */
export interface PasswordsQueue {
  /** A turn, held until disposed; null = too many wait. Asked for and refused at once, kept in order. */
  readonly enter: () => Promise<Disposable> | null;
  /** Whether `enter` would send somebody away now. */
  readonly isFull: () => boolean;
}

export interface QueueLimits {
  readonly atOnce: number;
  readonly waiting: number;
}

export function openPasswordsQueue({ atOnce, waiting }: QueueLimits): PasswordsQueue {
  const queue: (() => void)[] = [];
  let running = 0;
  const leave = (): void => {
    const next = queue.shift();
    // The turn goes from hand to hand: nobody slips in between.
    if (next === undefined) running -= 1;
    else next();
  };
  const turn = (): Disposable => {
    let isHeld = true;
    return {
      [Symbol.dispose]() {
        if (isHeld) leave();
        isHeld = false;
      },
    };
  };
  const isFull = (): boolean => running >= atOnce && queue.length >= waiting;
  return {
    isFull,
    enter: () => {
      if (running < atOnce) {
        running += 1;
        return Promise.resolve(turn());
      }
      if (isFull()) return null;
      return new Promise((resolve) => queue.push(() => resolve(turn())));
    },
  };
}
