import type { VillageStatus } from '@sightline/contracts';

/** Ⅰ particularly serious … Ⅳ ordinary. */
export type AlarmLevel = 1 | 2 | 3 | 4;

/** What one hexagon says. */
export interface HiveCell {
  readonly status: VillageStatus;
  /** Somebody has checked in for the present shift. */
  readonly onDuty: boolean;
  readonly alarm?: AlarmLevel;
}

export type HiveCells = ReadonlyMap<string, HiveCell>;

/** A change of the picture: some villages' cells, true as of log position `to`. */
export interface HiveFrame {
  readonly to: number;
  readonly cells: HiveCells;
}

/** What a village shows that nobody has told us about. */
export const untoldCell: HiveCell = { status: 'unknown', onDuty: false };

/** Cells of one key look the same. */
export function lookOf(cell: HiveCell): string {
  return `${cell.status}${cell.onDuty ? '+' : '-'}${cell.alarm ?? ''}`;
}
