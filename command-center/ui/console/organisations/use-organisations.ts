import type {
  CompositionView,
  OrganisationListCounts,
  OrganisationRegionView,
  OrganisationView,
} from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../api/call.ts';

export const organisationsKey = ['organisations'] as const;
const staleMs = 60_000;

export interface Organisations {
  readonly list: readonly OrganisationView[];
  readonly byId: ReadonlyMap<string, OrganisationView>;
  /** By the id of their parent; null = at the top of what this account sees. */
  readonly children: ReadonlyMap<string | null, readonly OrganisationView[]>;
  readonly isLoading: boolean;
  readonly problem: Error | null;
}

/** Every organisation this account may see, without anybody's name. */
export function useOrganisations(): Organisations {
  const { data, isPending, error } = useQuery({
    queryKey: organisationsKey,
    queryFn: ({ signal }) => get<readonly OrganisationView[]>('/api/organisations', signal),
    staleTime: staleMs,
  });
  return useMemo(() => {
    const list = data ?? [];
    return {
      list,
      byId: new Map(list.map((one) => [one.organisationId, one])),
      children: Map.groupBy(list, ({ parentId }) => parentId),
      isLoading: isPending,
      problem: error,
    };
  }, [data, isPending, error]);
}

/** How the members of a region are made up. `isAsked`: this account may see it. */
export function useComposition(scope: string, { isAsked }: { readonly isAsked: boolean }) {
  return useQuery({
    queryKey: [...organisationsKey, 'composition', scope],
    queryFn: ({ signal }) => get<CompositionView>(`/api/composition?region=${scope}`, signal),
    staleTime: staleMs,
    enabled: isAsked,
  });
}

/** How many branches of a region need a look, and why. */
export function useListCounts(scope: string, { isAsked }: { readonly isAsked: boolean }) {
  return useQuery({
    queryKey: [...organisationsKey, 'lists', scope],
    queryFn: ({ signal }) =>
      get<OrganisationListCounts>(`/api/organisation-lists?region=${scope}`, signal),
    staleTime: staleMs,
    enabled: isAsked,
  });
}

/** Where an organisation stood, newest first. */
export function useOrganisationRegions(organisationId: string) {
  return useQuery({
    queryKey: [...organisationsKey, 'regions', organisationId],
    queryFn: ({ signal }) =>
      get<readonly OrganisationRegionView[]>(
        `/api/organisations/${organisationId}/regions`,
        signal,
      ),
    staleTime: staleMs,
  });
}
