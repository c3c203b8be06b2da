import type { Page } from '@sightline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from './call.ts';

export interface PagedList<T> {
  readonly items: readonly T[];
  readonly isLoading: boolean;
  readonly problem: Error | null;
  /** 1 = the newest. */
  readonly page: number;
  /** Null where there is none. */
  readonly forward: (() => void) | null;
  readonly back: (() => void) | null;
}

export interface ListQuery {
  readonly key: readonly unknown[];
  /** With its query string, `?…`. */
  readonly url: string;
  /** The parameter the next page's cursor goes into. */
  readonly cursor: 'before' | 'after';
  readonly renewMs?: number;
}

/** A list of the server, page by page. Another `url` starts at its first page. */
export function useList<T>({ key, url, cursor, renewMs }: ListQuery): PagedList<T> {
  const [turned, setTurned] = useState<{ readonly url: string; readonly marks: readonly string[] }>(
    {
      url,
      marks: [],
    },
  );
  const marks = turned.url === url ? turned.marks : [];
  const mark = marks.at(-1);
  const query = useQuery({
    queryKey: [...key, url, mark ?? ''],
    queryFn: ({ signal }) =>
      get<Page<T>>(
        mark === undefined ? url : `${url}&${cursor}=${encodeURIComponent(mark)}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    ...(renewMs === undefined || mark !== undefined ? {} : { refetchInterval: renewMs }),
  });
  const next = query.data?.next ?? null;
  return {
    items: query.data?.items ?? [],
    isLoading: query.isPending,
    problem: query.error,
    page: marks.length + 1,
    forward: next === null ? null : () => setTurned({ url, marks: [...marks, next] }),
    back: marks.length === 0 ? null : () => setTurned({ url, marks: marks.slice(0, -1) }),
  };
}
