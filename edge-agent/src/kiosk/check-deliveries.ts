import { isRefusal, type Refusal } from '@sightline/contracts';
import { kioskLimits } from '#kiosk/limits.ts';
import type { TerminalLog } from '#terminal.ts';

export interface DeliveryParts {
  /** Whether there is anything to say. */
  readonly isOwed: () => boolean;
  readonly deliver: () => Promise<Refusal | null>;
  readonly log: TerminalLog;
}

/** Says of new checks, or notices, that they came, one round at a time; after a "no" it waits before the next. */
export function checkDeliveries({ isOwed, deliver, log }: DeliveryParts): Disposable & {
  readonly look: () => void;
} {
  let isRunning = false;
  let isClosed = false;
  let waiting: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (isRunning || isClosed || waiting !== undefined || !isOwed()) return;
    isRunning = true;
    void run();
  };
  const run = async (): Promise<void> => {
    let refused: unknown = null;
    try {
      refused = await deliver();
    } catch (fault) {
      refused = fault;
      log.error({ err: fault }, 'That something was delivered could not be noted.');
    }
    isRunning = false;
    if (refused === null) return look();
    if (isRefusal(refused)) {
      log.warn({ code: refused.code }, 'That something was delivered could not be noted.');
    }
    if (isClosed) return undefined;
    waiting = setTimeout(() => {
      waiting = undefined;
      look();
    }, kioskLimits.deliverAgainMs);
    return undefined;
  };
  return {
    look,
    [Symbol.dispose]() {
      isClosed = true;
      clearTimeout(waiting);
    },
  };
}
