import { useNow } from '@sightline/look';
import { createContext, use, useSyncExternalStore } from 'react';
import type { LiveView, View } from './live-view.ts';

export const LiveContext = createContext<LiveView | null>(null);

export function useLive(): LiveView {
  const live = use(LiveContext);
  if (live === null) throw new Error('The page has no live view around it.');
  return live;
}

/** The view as it is now; the component is drawn again when it changes. */
export function useView(): View {
  const live = useLive();
  return useSyncExternalStore(live.watch, live.view);
}

/** The present by the centre's clock: a wall screen's own may be wrong. Renewed every second. */
export function useCentreNow(): Temporal.Instant {
  const now = useNow();
  const { clockAheadMs } = useView();
  return now.add({ milliseconds: Math.round(clockAheadMs) });
}
