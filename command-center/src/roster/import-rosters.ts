import {
  isRefusal,
  type Region,
  type RosterImportFault,
  type RosterSlot,
} from '@sightline/contracts';
import {
  readRoster,
  rosterNames,
  rosterPeople,
  rosterVillages,
  type AuditReceipt,
  type Queryable,
} from '@sightline/store';
import { inertText } from '#domain/export-cell.ts';
import { tidyCell } from '#domain/import-cells.ts';
import { countChanges, isOver, keepFixed, windowAround } from '#domain/watch/edit-roster.ts';
import { cellNames, readRow, type SheetRow } from '#domain/watch/roster-sheet.ts';
import { peopleIn } from './duty-view.ts';
import { rosterLimits } from './limits.ts';
import type { PlannedVillage } from './plan-rosters.ts';
import { readRosterWorkbook, type WorkbookSheet } from './read-roster-workbook.ts';

/** The days of one sheet as they shall stand. */
export interface ReadSheet {
  readonly region: Region;
  readonly days: readonly string[];
  readonly slots: readonly RosterSlot[];
}

export interface ReadWorkbook {
  readonly sheets: readonly ReadSheet[];
  readonly faults: readonly RosterImportFault[];
}

/** Reads the sheets of the scope's villages and says everything that is wrong in them. */
export async function readRosters(
  db: Queryable,
  receipt: AuditReceipt,
  { scope, file }: { readonly scope: Region; readonly file: Buffer },
): Promise<ReadWorkbook> {
  const limit = rosterLimits.villagesRead;
  const villages = await rosterVillages(db, { scope, after: null, limit });
  const read = await readRosterWorkbook(file, new Set(villages.map(({ region }) => region)));
  if ('faults' in read) return { sheets: [], faults: read.faults };
  if (read.sheets.length === 0) {
    return { sheets: [], faults: [{ ...wholeFile, code: 'no-sheet', params: { scope } }] };
  }
  const listed = await rosterPeople(db, scope);
  const sheets: ReadSheet[] = [];
  const faults: RosterImportFault[] = [];
  for (const sheet of read.sheets) {
    const { region } = sheet;
    const ids = [...(listed.get(region) ?? []), ...(await leftOf(db, sheet))];
    const people = await rosterNames(db, receipt, { scope: region, ids });
    // As the export writes a name, and as somebody types it.
    const personOf = new Map(
      [...cellNames(people)].flatMap(([id, name]) =>
        [name, inertText(name)].map((text) => [tidyCell(text), id] as const),
      ),
    );
    const rows = sheet.rows.map(({ row, cells }) => ({ row, read: readRow(cells, personOf) }));
    faults.push(...faultsOf(sheet.sheet, rows));
    const whole = rows.flatMap((each) => each.read ?? []);
    sheets.push({
      region,
      days: whole.map(({ day }) => day),
      slots: whole.flatMap(({ slots }) => slots),
    });
  }
  return { sheets, faults: faults.slice(0, rosterLimits.faultsTold) };
}

const wholeFile = { sheet: null, row: null, header: null } as const;

/** Those who left the list may still stand in the sheet as they stood. */
async function leftOf(db: Queryable, { region, rows }: WorkbookSheet): Promise<string[]> {
  const days = rows.flatMap(({ cells }) => [...cells.values()].filter((text) => isDay(text)));
  const sorted = days.toSorted();
  const span = { scope: region, from: sorted[0] ?? '', to: sorted.at(-1) ?? '' };
  return sorted.length === 0 ? [] : peopleIn(await readRoster(db, span));
}

function isDay(text: string): boolean {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text);
}

function faultsOf(
  sheet: string,
  rows: readonly { readonly row: number; readonly read: SheetRow | null }[],
): RosterImportFault[] {
  const seen = new Set<string>();
  return rows.flatMap(({ row, read }) => {
    if (read === null) return [];
    const isTwice = read.day !== '' && seen.has(read.day);
    seen.add(read.day);
    const twice = { header: null, code: 'day-twice', params: { day: read.day } };
    return [...read.faults, ...(isTwice ? [twice] : [])].map((fault) => ({ sheet, row, ...fault }));
  });
}

/**
 * What would stand if the sheets were applied: their days whole, shifts that are over and other days
 * as they are. A sheet whose days lie too far apart is a fault.
 */
export async function planImport(
  db: Queryable,
  sheets: readonly ReadSheet[],
  now: Temporal.Instant,
): Promise<readonly PlannedVillage[] | RosterImportFault> {
  const planned: PlannedVillage[] = [];
  for (const { region, days, slots } of sheets) {
    if (days.length === 0) continue;
    const cells = days.map((day) => ({ post: 'watch', shift: `${day}/day` }) as const);
    const around = windowAround(cells);
    if (isRefusal(around)) return { ...wholeFile, sheet: region, code: around.code, params: {} };
    const window = { ...around, posts: ['lead', 'watch', 'standby'] as const };
    const to = days.toSorted().at(-1) ?? '';
    const stored = await readRoster(db, { scope: region, from: window.from, to });
    const before = stored.map(({ region: _own, ...slot }) => slot);
    const own = new Set(days);
    const after = keepFixed(
      before,
      slots,
      (shift) => isOver(shift, now) || !own.has(shift.slice(0, 10)),
    );
    planned.push({ region, window, slots: after, changed: countChanges(before, after), gaps: 0 });
  }
  return planned;
}
