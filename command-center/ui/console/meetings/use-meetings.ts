import type {
  MeetingPlan,
  MeetingVenue,
  MeetingView,
  RecordingView,
  RollCallAnswer,
} from '@sightline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';

const liveMs = 1_000;
const viewMs = 2_000;
const calmMs = 20_000;

/** Everything that is remembered of meetings: read again after each act. */
export const meetingsKey = ['meetings'] as const;

/** One meeting as those of this region may know it; its figures live while it is open. */
export function useMeeting(meetingId: string, scope: string) {
  return useQuery({
    queryKey: [...meetingsKey, 'one', meetingId, scope],
    queryFn: ({ signal }) => get<MeetingView>(`/api/meetings/${meetingId}?region=${scope}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.phase === 'over' ? calmMs : viewMs),
    refetchIntervalInBackground: true,
  });
}

/** 会场状态 without persons: every second while the room is open. */
export function useVenues(meetingId: string, scope: string, isOpen: boolean) {
  return useQuery({
    queryKey: [...meetingsKey, 'venues', meetingId, scope],
    queryFn: ({ signal }) =>
      get<readonly MeetingVenue[]>(`/api/meetings/${meetingId}/venues?region=${scope}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: isOpen ? liveMs : calmMs,
    refetchIntervalInBackground: true,
  });
}

/** Whom an invitation would reach now; nothing is asked while no region is chosen. */
export function useMeetingPlan(region: string, invite: readonly string[], isWithUpper: boolean) {
  const query = `region=${region}&invite=${invite.join(',')}&withUpperVenues=${isWithUpper}`;
  return useQuery({
    queryKey: [...meetingsKey, 'plan', query],
    queryFn: ({ signal }) => get<MeetingPlan>(`/api/meetings/plan?${query}`, signal),
    enabled: invite.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Who answered the roll calls, by name. Each reading is audited: it is asked for by a button. */
export function useRollCalls(meetingId: string, scope: string, isAsked: boolean) {
  return useQuery({
    queryKey: [...meetingsKey, 'roll-calls', meetingId, scope],
    queryFn: ({ signal }) =>
      get<readonly RollCallAnswer[]>(
        `/api/meetings/${meetingId}/roll-calls?region=${scope}&purpose=duty-watch`,
        signal,
      ),
    enabled: isAsked,
    refetchOnWindowFocus: false,
  });
}

/** Where the newest recording can be played for ten minutes; null = it was erased. Audited. */
export function useRecording(meetingId: string, scope: string, isAsked: boolean) {
  return useQuery({
    queryKey: [...meetingsKey, 'recording', meetingId, scope],
    queryFn: ({ signal }) =>
      get<RecordingView | null>(
        `/api/meetings/${meetingId}/recording?region=${scope}&purpose=duty-watch`,
        signal,
      ),
    enabled: isAsked,
    refetchOnWindowFocus: false,
  });
}
