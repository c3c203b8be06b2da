import type { KioskMessage, KioskState } from '@sightline/contracts';
import { kioskLimits } from '#kiosk/limits.ts';

/** Tells the pages the state: soon after a change, several changes at once, and every few seconds. */
export interface StateAnnouncer extends Disposable {
  readonly soon: () => void;
}

export function announceState(
  read: () => KioskState,
  tell: (message: KioskMessage) => void,
): StateAnnouncer {
  let pending: NodeJS.Timeout | undefined;
  let isClosed = false;
  const now = (): void => {
    pending = undefined;
    tell({ kind: 'state', state: read() });
  };
  const refreshing = setInterval(now, kioskLimits.refreshMs);
  return {
    soon() {
      if (!isClosed) pending ??= setTimeout(now, kioskLimits.tellMs);
    },
    [Symbol.dispose]() {
      isClosed = true;
      clearTimeout(pending);
      clearInterval(refreshing);
    },
  };
}
