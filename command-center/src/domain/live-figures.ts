import type { LiveCell, VillageStatus } from '@sightline/contracts';
import { shownStatus, type Doubt } from './shown-status.ts';

export type Reach = Exclude<VillageStatus, 'not-equipped'>;
export const reaches: readonly Reach[] = ['online', 'stale', 'offline', 'unknown'];

/** Figures of one region, all of equipped villages. `onDuty` = its newest check-in is of this shift. */
export interface Figures {
  readonly region: string;
  readonly equipped: number;
  readonly onDuty: number;
  /** Villages by reach; of those on duty in `onDutyBy`. */
  readonly reach: Readonly<Record<Reach, number>>;
  readonly onDutyBy: Readonly<Record<Reach, number>>;
  /** Since when the longest-lasting of each reach lasts. */
  readonly longestSince: Readonly<Record<Reach, string | null>>;
  /** Check-ins of this shift by method. */
  readonly byMethod: ReadonlyMap<string, number>;
}

export interface FiguresInput {
  readonly cells: Iterable<LiveCell>;
  readonly shift: string;
  readonly doubt: Doubt;
}

/** The figures of a region and of each division one level below it that has equipped villages. */
export function figuresOf(region: string, input: FiguresInput): Figures {
  const counts = startCounts();
  for (const cell of input.cells) {
    if (cell.region.startsWith(region)) countCell(counts, cell, input);
  }
  return { region, ...counts };
}

/** One set of figures for each division of `codeLength` digits below `region`, in code order. */
export function figuresBelow(region: string, input: FiguresInput): readonly Figures[] {
  const length = { 4: 6, 6: 9 }[region.length] ?? 12;
  const within = [...input.cells].filter((cell) => cell.region.startsWith(region));
  const groups = Map.groupBy(within, (cell) => cell.region.slice(0, length));
  return [...groups]
    .map(([code, cells]) => figuresOf(code, { ...input, cells }))
    .filter((figures) => figures.equipped > 0)
    .toSorted((a, b) => a.region.localeCompare(b.region));
}

interface Counts {
  equipped: number;
  onDuty: number;
  reach: Record<Reach, number>;
  onDutyBy: Record<Reach, number>;
  longestSince: Record<Reach, string | null>;
  byMethod: Map<string, number>;
}

function startCounts(): Counts {
  const none = { online: 0, stale: 0, offline: 0, unknown: 0 };
  const never = { online: null, stale: null, offline: null, unknown: null };
  return {
    equipped: 0,
    onDuty: 0,
    reach: { ...none },
    onDutyBy: { ...none },
    longestSince: never,
    byMethod: new Map(),
  };
}

function countCell(counts: Counts, cell: LiveCell, { shift, doubt }: FiguresInput): void {
  const { status, since } = shownStatus(cell, doubt);
  if (status === 'not-equipped') return;
  counts.equipped += 1;
  counts.reach[status] += 1;
  const longest = counts.longestSince[status];
  if (since !== null && (longest === null || since < longest)) counts.longestSince[status] = since;
  if (cell.checkedIn?.shift !== shift) return;
  const { method } = cell.checkedIn;
  counts.onDuty += 1;
  counts.onDutyBy[status] += 1;
  counts.byMethod.set(method, (counts.byMethod.get(method) ?? 0) + 1);
}
