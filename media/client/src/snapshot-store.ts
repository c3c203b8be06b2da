import type { MeetingSnapshot } from '#meeting-client.ts';

const nothing: MeetingSnapshot = {
  phase: 'connecting',
  over: null,
  problem: null,
  awaySinceMs: null,
  seatId: null,
  room: null,
  lines: [],
  pictures: [],
  voices: [],
  own: null,
  links: new Map(),
  sending: { microphone: 'off', camera: 'off', screen: 'off', interpreter: 'off' },
};

/** The one place where the snapshot stands. */
export interface SnapshotStore {
  readonly now: () => MeetingSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  readonly change: (part: Partial<MeetingSnapshot>) => void;
}

export function openSnapshotStore(): SnapshotStore {
  let snapshot = nothing;
  const listeners = new Set<() => void>();
  return {
    now: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(part) {
      snapshot = { ...snapshot, ...part };
      for (const listener of listeners) listener();
    },
  };
}
