import type { Me } from '@sightline/contracts';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { mayDo, type Action } from '#domain/access.ts';
import { get, Problem } from './call.ts';

export const meKey = ['me'] as const;

const meQuery = {
  queryKey: meKey,
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => get<Me>('/api/me', signal),
  staleTime: 60_000,
  // "Not signed in" is an answer, not a failure to ask again about.
  retry: (failures: number, error: Error) =>
    failures < 2 && !(error instanceof Problem && error.status === 401),
};

/** Who is signed in, once `isAsked`; an error with status 401 = nobody. */
export function useMeQuery({ isAsked }: { readonly isAsked: boolean }) {
  return useQuery({ ...meQuery, enabled: isAsked });
}

/** Who is signed in, where somebody is. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether this account may do that, by the table the server uses. */
export function useMay(action: Action): boolean {
  return mayDo(useMe().roles, action);
}
