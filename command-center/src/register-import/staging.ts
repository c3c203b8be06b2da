import type { Region } from '@sightline/contracts';
import type { StagedRow, Store } from '@sightline/store';
import type { RowFault } from '#domain/import-words.ts';
import type { IdVault } from './id-vault.ts';
import type { Sheet } from './read-sheet.ts';

/** One import being read. */
export interface Staging {
  readonly store: Store;
  readonly vault: IdVault;
  readonly importId: string;
  /** Nothing outside of it is taken. */
  readonly region: Region;
  readonly today: Temporal.PlainDate;
  readonly sheet: Sheet;
  /** Counts staged rows and tells how far it is; `spoilt`: rows that turned out wrong by these. */
  readonly note: (staged: readonly StagedRow[], spoilt?: ReadonlySet<number>) => Promise<void>;
}

export function wrongRow(
  { sheet }: Pick<Staging, 'sheet'>,
  row: number,
  faults: readonly RowFault[],
): StagedRow {
  return {
    row,
    outcome: 'wrong',
    targetId: null,
    seen: null,
    body: null,
    number: null,
    faults: faults.map((fault) => ({ ...fault, row, column: sheet.letterOf(fault.header) })),
  };
}
