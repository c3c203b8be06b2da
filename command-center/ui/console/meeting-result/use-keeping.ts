import type { MeetingKeeping } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';
import { meetingsKey } from '../meetings/use-meetings.ts';

const everyMs = 20_000;

/** 留存: what is kept of a meeting and until when; what was erased, and whether the files are gone. */
export function useKeeping(meetingId: string, scope: string) {
  return useQuery({
    queryKey: [...meetingsKey, 'keeping', meetingId, scope],
    queryFn: ({ signal }) =>
      get<MeetingKeeping>(`/api/meetings/${meetingId}/keeping?region=${scope}`, signal),
    refetchInterval: everyMs,
  });
}
