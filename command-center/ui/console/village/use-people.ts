import type { Page, PersonView, TerminalView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';

export const peopleKey = (region: string) => ['people', region] as const;
export const terminalsKey = ['terminals'] as const;

/** The people of a village by name. Each reading is audited, so it is read once and after changes. */
export function usePeople(region: string) {
  return useQuery({
    queryKey: peopleKey(region),
    queryFn: ({ signal }) =>
      get<readonly PersonView[]>(`/api/villages/${region}/people?purpose=roster-upkeep`, signal),
    staleTime: Infinity,
  });
}

/** The terminals of a village, renewed with its status. */
export function useTerminals(region: string) {
  return useQuery({
    queryKey: [...terminalsKey, region],
    queryFn: ({ signal }) => get<Page<TerminalView>>(`/api/terminals?region=${region}`, signal),
    refetchInterval: 10_000,
  });
}
