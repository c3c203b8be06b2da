import type { MeetingSnapshot } from '#meeting-client.ts';
import { noMeeting } from '#no-meeting.ts';

/** The one place where the snapshot stands. */
export interface SnapshotStore {
  readonly now: () => MeetingSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  readonly change: (part: Partial<MeetingSnapshot>) => void;
  /** Since when media is without a way does not change while it stays without. */
  readonly noteWay: (isLost: boolean, nowMs: number) => void;
}

export function openSnapshotStore(): SnapshotStore {
  let snapshot = noMeeting;
  const listeners = new Set<() => void>();
  const store: SnapshotStore = {
    now: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(part) {
      snapshot = { ...snapshot, ...part };
      for (const listener of listeners) listener();
    },
    noteWay(isLost, nowMs) {
      const wayLostSinceMs = isLost ? (snapshot.wayLostSinceMs ?? nowMs) : null;
      if (wayLostSinceMs !== snapshot.wayLostSinceMs) store.change({ wayLostSinceMs });
    },
  };
  return store;
}
