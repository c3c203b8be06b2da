import { useEffect } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { playTone } from '../sound/tone.ts';

/** One tone when a duty begins to be missed; none again for the same one while this page stands. */
export function useReminder(): void {
  const { dutyDay } = useKiosk();
  const missed = (dutyDay?.running ?? [])
    .filter(({ isMissed }) => isMissed)
    .map(({ post, from }) => `${post} ${from}`)
    .join();
  useEffect(() => {
    if (missed !== '') playTone('again');
  }, [missed]);
}
