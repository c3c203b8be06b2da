import type { LiveCell } from '@sightline/contracts';
import type { Hive, HiveCell } from '@sightline/look/hive';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { shownStatus } from '#domain/shown-status.ts';
import type { LiveView, Paint } from '../link/live-view.ts';
import { useLive } from '../link/use-view.ts';

/**
 * Sends the live picture to the hive past React: every frame paints its changed cells at once. The
 * canvas says in `data-as-of` which log position it shows.
 */
export function useHivePaint(): {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly onOpen: (hive: Hive) => void;
  readonly onPaint: (position: number) => void;
} {
  const live = useLive();
  const box = useRef<HTMLDivElement>(null);
  const [hive, setHive] = useState<Hive | null>(null);
  useEffect(() => {
    if (hive === null) return undefined;
    paintAll(hive, live);
    return live.onPaint((paint) => {
      if (paint.kind === 'all') paintAll(hive, live);
      else paintSome(hive, live, paint);
    });
  }, [hive, live]);
  const onPaint = useCallback((position: number) => {
    const canvas = box.current?.querySelector('canvas');
    if (canvas) canvas.dataset['asOf'] = String(position);
  }, []);
  return { box, onOpen: setHive, onPaint };
}

function paintAll(hive: Hive, live: LiveView): void {
  const { model } = live.now();
  const cells = [...(model?.cells.values() ?? [])];
  hive.setCells(new Map(cells.map((cell) => [cell.region, hiveCell(cell, live)])));
  hive.applyFrame({ to: model?.asOf ?? 0, cells: new Map() });
}

function paintSome(hive: Hive, live: LiveView, paint: Paint & { readonly kind: 'some' }): void {
  const cells = new Map(paint.cells.map((cell) => [cell.region, hiveCell(cell, live)]));
  hive.applyFrame({ to: paint.to, cells });
}

function hiveCell(cell: LiveCell, live: LiveView): HiveCell {
  const { doubt, shift } = live.now();
  return {
    status: shownStatus(cell, doubt).status,
    onDuty: cell.checkedIn?.shift === shift,
  };
}
