import { useState } from 'react';
import type { PagedList } from './use-list.ts';

const pageRows = 50;

/** A list that is here whole, page by page. Another `key` starts at its first page. */
export function useSlices<T>(
  items: readonly T[],
  { key, isLoading, problem }: { key: string; isLoading: boolean; problem: Error | null },
): PagedList<T> {
  const [turned, setTurned] = useState({ key, page: 1 });
  const last = Math.max(1, Math.ceil(items.length / pageRows));
  const page = turned.key === key ? Math.min(turned.page, last) : 1;
  const turn = (steps: number) => () => setTurned({ key, page: page + steps });
  return {
    items: items.slice((page - 1) * pageRows, page * pageRows),
    isLoading,
    problem,
    page,
    forward: page < last ? turn(1) : null,
    back: page > 1 ? turn(-1) : null,
  };
}
