import { useMutation, useQueryClient } from '@tanstack/react-query';
import { change, Problem, type Change } from './call.ts';

type Intent = Omit<Change, 'key'>;

export interface Command<Reply> {
  /** Gives the order; resolves with the reply, or with null when `problem` then says why not. */
  readonly run: (intent: Intent) => Promise<Reply | null>;
  readonly isRunning: boolean;
  readonly problem: Error | null;
  readonly forget: () => void;
}

const attempts = 3;

/**
 * One order to the server. A lost answer is asked for again with the same key, so that nothing is
 * done twice. `touches`: the lists that are read again afterwards.
 */
export function useCommand<Reply>(touches: readonly (readonly unknown[])[]): Command<Reply> {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (order: Change) => change<Reply>(order),
    retry: (failures, error) =>
      failures < attempts - 1 && error instanceof Problem && error.code === 'unreachable',
    // A conflict, too, means that the list has changed.
    onSettled: (_, error) => {
      if (error instanceof Problem && error.status !== 409) return undefined;
      return Promise.all(touches.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  return {
    run: async (intent) => {
      try {
        return await mutation.mutateAsync({ ...intent, key: crypto.randomUUID() });
      } catch {
        return null; // Shown from `problem`.
      }
    },
    isRunning: mutation.isPending,
    problem: mutation.error,
    forget: mutation.reset,
  };
}
