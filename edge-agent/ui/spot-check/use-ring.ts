import type { KioskCheck } from '@sightline/contracts';
import { useNow } from '@sightline/look';
import { useEffect } from 'react';
import { useLinkView } from '../link/use-kiosk.ts';
import { playTone } from '../sound/tone.ts';

/** The check that rings now, by the terminal's clock, and how long it goes on. */
export interface Ring {
  readonly check: KioskCheck;
  readonly secondsLeft: number;
}

/** Null where nothing rings; it ends on the second, without a word of the agent. */
export function useRing(): Ring | null {
  const { state, clockOffsetMs } = useLinkView();
  const now = useNow().add({ milliseconds: clockOffsetMs });
  const check = state?.checks.find(({ checkId }) => checkId === state.ringing);
  if (check === undefined) return null;
  const secondsLeft = Math.ceil(now.until(Temporal.Instant.from(check.until)).total('seconds'));
  return secondsLeft > 0 ? { check, secondsLeft } : null;
}

/** The tone of a ring, again and again for as long as this is on the screen. */
export function useRingTone(checkId: string | null, everyMs: number): void {
  useEffect(() => {
    if (checkId === null) return undefined;
    playTone('ring');
    const timer = setInterval(() => playTone('ring'), everyMs);
    return () => clearInterval(timer);
  }, [checkId, everyMs]);
}

/** 4:05 */
export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
