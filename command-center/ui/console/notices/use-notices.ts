import type { NoticePlan, NoticeView } from '@sightline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';

/** Who would get a notice now. */
export function useNoticePlan(region: string) {
  return useQuery({
    queryKey: ['notices', 'plan', region],
    queryFn: ({ signal }) => get<NoticePlan>(`/api/notices/plan?region=${region}`, signal),
    staleTime: 0,
  });
}

const calmMs = 30_000;

/** One notice with its receipts. Each reading is audited, for it names who signed. */
export function useNotice(noticeId: string, scope: string) {
  return useQuery({
    queryKey: ['notices', 'one', noticeId, scope],
    queryFn: ({ signal }) => get<NoticeView>(`/api/notices/${noticeId}?region=${scope}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: calmMs,
    refetchOnWindowFocus: false,
  });
}
