import { faceLimits } from '#domain/face-limits.ts';

/** What the watching camera remembers between two automatic sessions. */
export interface AutoWatch {
  /** The end of the last session, while the same person may still stand there; null = nobody since. */
  readonly heldSince: Temporal.Instant | null;
}

export const nobodySeen: AutoWatch = { heldSince: null };

/** After a session: whoever was told does not start another one by standing still. */
export function afterSession(now: Temporal.Instant): AutoWatch {
  return { heldSince: now };
}

/** A look while idle. A session starts for a usable face that is new, or stood there a minute. */
export function watch(
  before: AutoWatch,
  seen: { readonly hasFace: boolean; readonly isUsable: boolean },
  now: Temporal.Instant,
): { readonly watch: AutoWatch; readonly starts: boolean } {
  if (!seen.hasFace) return { watch: nobodySeen, starts: false };
  const { heldSince } = before;
  const isHeld =
    heldSince !== null &&
    now.epochMilliseconds - heldSince.epochMilliseconds < faceLimits.autoPauseMs;
  return { watch: isHeld ? before : nobodySeen, starts: seen.isUsable && !isHeld };
}
