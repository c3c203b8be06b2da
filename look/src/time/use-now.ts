import { useEffect, useState } from 'react';

/**
 * The present instant, renewed every `everyMs` on the beat of the clock (a second hand moves when
 * the second does), so that all clocks of a page tick together.
 */
export function useNow(everyMs = 1000): Temporal.Instant {
  const [now, setNow] = useState(() => Temporal.Now.instant());
  useEffect(() => {
    const beat = everyMs - (now.epochMilliseconds % everyMs);
    const timer = setTimeout(() => setNow(Temporal.Now.instant()), beat);
    return () => clearTimeout(timer);
  }, [now, everyMs]);
  return now;
}
