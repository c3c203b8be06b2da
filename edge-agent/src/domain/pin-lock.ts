/** Wrong tries of one person since the last right one, and until when no try is taken. */
export interface PinTries {
  readonly wrong: number;
  readonly lockedUntil: Temporal.Instant | null;
}

export const noTries: PinTries = { wrong: 0, lockedUntil: null };

const firstLock = { wrong: 5, ms: 60_000 } as const;
const secondLock = { wrong: 10, ms: 15 * 60_000 } as const;

/** Milliseconds until the next try is taken; 0 = now. */
export function lockedForMs(tries: PinTries, now: Temporal.Instant): number {
  if (tries.lockedUntil === null) return 0;
  const left = tries.lockedUntil.epochMilliseconds - now.epochMilliseconds;
  // Longer than any lock: the clock was set back meanwhile. The count stands, so one more wrong try locks again.
  return left <= 0 || left > secondLock.ms ? 0 : left;
}

/** After a wrong PIN: the 5th locks for a minute, the 10th and each later one for 15 minutes. */
export function afterWrong(tries: PinTries, now: Temporal.Instant): PinTries {
  const wrong = tries.wrong + 1;
  if (wrong >= secondLock.wrong) return { wrong, lockedUntil: later(now, secondLock.ms) };
  if (wrong === firstLock.wrong) return { wrong, lockedUntil: later(now, firstLock.ms) };
  return { wrong, lockedUntil: null };
}

function later(now: Temporal.Instant, ms: number): Temporal.Instant {
  return now.add({ milliseconds: ms });
}
