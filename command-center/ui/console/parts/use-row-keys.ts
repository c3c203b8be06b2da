import { useEffect, useState } from 'react';
import { useKeys } from '../shell/use-keys.ts';

interface Rows<T> {
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** The row whose thing is open; null = none. */
  readonly selected: string | null;
  readonly onOpen: ((row: T) => void) | undefined;
}

/** `j` and `k` go through the rows, Enter opens the marked one. Returns the key of the marked row. */
export function useRowKeys<T>({ rows, rowKey, selected, onOpen }: Rows<T>): string | null {
  const [held, setMarked] = useState<string | null>(null);
  const isHeldHere = held !== null && rows.some((row) => rowKey(row) === held);
  const marked = isHeldHere ? held : selected;
  const index = rows.findIndex((row) => rowKey(row) === marked);
  const move = (steps: number) => {
    const next = rows[Math.max(0, Math.min(index + steps, rows.length - 1))];
    if (next !== undefined) setMarked(rowKey(next));
  };
  const open = () => {
    const row = rows[index];
    if (row !== undefined) onOpen?.(row);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ...(onOpen === undefined ? {} : { Enter: open }),
  });
  useEffect(() => {
    if (!isHeldHere) return;
    document.querySelector('tr[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [held, isHeldHere]);
  return marked;
}
