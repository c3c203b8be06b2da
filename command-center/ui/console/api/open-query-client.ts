import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './call.ts';
import { meKey } from './use-me.ts';

/** What the page remembers of the server. When the sign-in ends, it forgets names with all else. */
export function openQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (!(error instanceof Problem) || error.code !== 'not-signed-in') return;
    const isMe = ({ queryKey }: { readonly queryKey: readonly unknown[] }) =>
      queryKey[0] === meKey[0];
    client.removeQueries({ predicate: (query) => !isMe(query) && query.getObserversCount() === 0 });
    if (client.getQueryState(meKey)?.status === 'success') {
      void client.invalidateQueries({ queryKey: meKey });
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        // A refusal is an answer; only a lost connection or a fault is asked about again.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      },
    },
  });
  return client;
}
