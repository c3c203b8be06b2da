import type { Page, PersonView, TerminalView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';

export const peopleKey = (region: string) => ['people', region] as const;
export const consentKey = (personId: string) => ['consent', personId] as const;
export const terminalsKey = ['terminals'] as const;

/**
 * The people of a village by name. Each reading is audited, so it is read once, after changes, and when
 * something happened to a face at one of the village's terminals.
 */
export function usePeople(region: string) {
  const terminals = useTerminals(region);
  const positions = terminals.data?.items.map(({ consentAsOf }) => consentAsOf) ?? [];
  return useQuery<readonly PersonView[]>({
    queryKey: [...peopleKey(region), Math.max(0, ...positions)],
    enabled: !terminals.isPending,
    placeholderData: (before, query) => (query?.queryKey[1] === region ? before : undefined),
    queryFn: ({ signal }) => get(`/api/villages/${region}/people?purpose=roster-upkeep`, signal),
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
