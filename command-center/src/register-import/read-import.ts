import { watchZone, type ImportKind, type Region } from '@sightline/contracts';
import {
  countStaged,
  countStagedAnew,
  failImport,
  noteReading,
  whileHeld,
  type StagedRow,
  type Store,
} from '@sightline/store';
import type { IdVault } from './id-vault.ts';
import { importLimits } from './import-limits.ts';
import { readSheet } from './read-sheet.ts';
import { stageMembers } from './stage-members.ts';
import { stageOrganisations } from './stage-organisations.ts';
import { WorkbookFault } from './workbook-fault.ts';

/** A workbook to be read against the register: the import's row stands already, in state `reading`. */
export interface ReadJob {
  readonly importId: string;
  readonly kind: ImportKind;
  /** Nothing outside of it is taken from the file. */
  readonly region: Region;
  readonly file: Buffer;
  readonly now: Temporal.Instant;
}

/**
 * 试运行. Reads the workbook to its end, judges every row and stages it; the register is not touched. The
 * import ends `checked`, or `failed` with what is wrong with the file. Throws on a fault of ours.
 */
export function readImport(store: Store, vault: IdVault, job: ReadJob): Promise<void> {
  return whileHeld(store, job.importId, async () => {
    try {
      await stageAll(store, vault, job);
    } catch (error) {
      if (!(error instanceof WorkbookFault)) throw error;
      await failImport(store.pool, job.importId, error.faults);
    }
  });
}

async function stageAll(store: Store, vault: IdVault, job: ReadJob): Promise<void> {
  const { importId, kind, region, file, now } = job;
  const today = now.toZonedDateTimeISO(watchZone).toPlainDate();
  const sheet = await readSheet(file, kind);
  const note = progressNoter(store, importId);
  const staging = { store, vault, importId, region, today, sheet, note };
  const rows = await (kind === 'members' ? stageMembers(staging) : stageOrganisations(staging));
  await countStagedAnew(store.pool);
  const { add: toAdd, change: toChange, same, wrong } = await countStaged(store.pool, importId);
  await noteReading(store.pool, importId, {
    rowsRead: rows,
    rowsTotal: rows,
    toAdd,
    toChange,
    same,
    wrong,
  });
}

/** Tells the counts a few times a second; throws where the import was taken back meanwhile. */
function progressNoter(store: Store, importId: string) {
  const counts = { add: 0, change: 0, same: 0, wrong: 0 };
  let rowsRead = 0;
  let toldAt = -Infinity;
  return async (staged: readonly StagedRow[], spoilt: ReadonlySet<number> = new Set()) => {
    rowsRead += staged.length;
    for (const { outcome, row } of staged) counts[spoilt.has(row) ? 'wrong' : outcome] += 1;
    if (performance.now() - toldAt < importLimits.progressMs) return;
    toldAt = performance.now();
    const { add: toAdd, change: toChange, same, wrong } = counts;
    const told = { rowsRead, rowsTotal: null, toAdd, toChange, same, wrong };
    if (!(await noteReading(store.pool, importId, told))) {
      throw new WorkbookFault([]); // Discarded: nobody waits for the rest.
    }
  };
}
