import { clientLimits } from '#limits.ts';

/** How long to wait after so many losses in a row; `random` in [0, 1): villages that lost one server come back apart. */
export function retryPauseMs(failures: number, random: number): number {
  const { retryFirstMs, retryLastMs } = clientLimits;
  const full = Math.min(retryLastMs, retryFirstMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (0.5 + random / 2));
}
