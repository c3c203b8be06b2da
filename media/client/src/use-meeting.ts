import { useSyncExternalStore } from 'react';
import type { MeetingClient, MeetingSnapshot } from '#meeting-client.ts';

export function useMeeting(client: MeetingClient): MeetingSnapshot {
  return useSyncExternalStore(client.subscribe, client.snapshot);
}
