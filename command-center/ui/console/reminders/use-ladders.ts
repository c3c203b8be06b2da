import type { LadderView } from '@sightline/contracts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { get } from '../api/call.ts';

export const laddersKey = ['ladders'] as const;

export type Ladders = UseQueryResult<{ readonly items: readonly LadderView[] }>;

/** The open ladders of a region; each reading is audited, so it is renewed no oftener than is useful. */
export function useLadders(scope: string): Ladders {
  return useQuery({
    queryKey: [...laddersKey, scope],
    queryFn: ({ signal }) =>
      get<{ readonly items: readonly LadderView[] }>(
        `/api/ladders?region=${scope}&purpose=duty-watch`,
        signal,
      ),
    refetchInterval: 30_000,
  });
}
