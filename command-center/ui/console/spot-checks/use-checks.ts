import type {
  Reachability,
  SpotCheckPlan,
  SpotCheckProgress,
  SpotCheckView,
} from '@sightline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';

const liveMs = 1_000;
const calmMs = 15_000;

/** What an order would do now. */
export function usePlan(region: string) {
  return useQuery({
    queryKey: ['spot-checks', 'plan', region],
    queryFn: ({ signal }) => get<SpotCheckPlan>(`/api/spot-checks/plan?region=${region}`, signal),
    staleTime: 0,
  });
}

/** One check with who answered: read when it is opened and once more at its end, each time audited. */
export function useCheck(checkId: string, scope: string, isOver: boolean) {
  const query = `region=${scope}&purpose=duty-watch`;
  return useQuery({
    queryKey: ['spot-checks', 'one', checkId, scope, isOver],
    queryFn: ({ signal }) => get<SpotCheckView>(`/api/spot-checks/${checkId}?${query}`, signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
}

/** Its figures without names: every second while it rings, now and then afterwards. */
export function useProgress(checkId: string, scope: string, isOver: boolean) {
  return useQuery({
    queryKey: ['spot-checks', 'progress', checkId, scope],
    queryFn: ({ signal }) =>
      get<SpotCheckProgress>(`/api/spot-checks/${checkId}/funnel?region=${scope}`, signal),
    refetchInterval: isOver ? calmMs : liveMs,
  });
}

/** 可达时长 of the last so many days, today included. */
export function useReachability(scope: string, from: string) {
  return useQuery({
    queryKey: ['spot-checks', 'reachability', scope, from],
    queryFn: ({ signal }) =>
      get<Reachability>(`/api/reachability?region=${scope}&from=${from}`, signal),
    placeholderData: keepPreviousData,
  });
}
