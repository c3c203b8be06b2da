import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '#limits.ts';

/** Waits, or less when the signal aborts. Never throws. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

/** Doubling, capped, with jitter: the wait before attempt `failures + 1`. */
export function retryDelayMs(failures: number): number {
  const cap = Math.min(limits.retryMaxMs, limits.retryMinMs * 2 ** Math.min(failures, 16));
  return cap / 2 + Math.random() * (cap / 2);
}
