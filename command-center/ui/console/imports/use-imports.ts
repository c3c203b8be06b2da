import type { ImportState, ImportView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';
import { useList } from '../api/use-list.ts';

export const importsKey = ['imports'] as const;

const working: readonly ImportState[] = ['reading', 'applying', 'undoing'];
const renewWorkingMs = 700;
const renewMs = 10_000;

/** The server is at it: figures and state still move. */
export function isWorking(state: ImportState): boolean {
  return working.includes(state);
}

/** Every import of this account's region, the newest first. */
export function useImports() {
  return useList<ImportView>({
    key: [...importsKey, 'list'],
    url: '/api/imports?',
    cursor: 'before',
    renewMs,
  });
}

/** One import, looked at often while the server works on it. */
export function useImport(importId: string) {
  return useQuery({
    queryKey: [...importsKey, importId],
    queryFn: ({ signal }) => get<ImportView>(`/api/imports/${importId}`, signal),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isWorking(data.state) ? renewWorkingMs : renewMs,
  });
}
