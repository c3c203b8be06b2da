import type { Region, RosterImportFault } from '@sightline/contracts';
import { tidyCell } from '#domain/import-cells.ts';
import { dayHeader, sheetColumns } from '#domain/watch/roster-sheet.ts';
import { openSheet, sheetNames, sheetRows } from '#register-import/excel-parts.ts';
import { openArchive, type Archive } from '#register-import/open-archive.ts';
import { partText } from '#register-import/part-text.ts';
import { asImportCell, columnLetter } from '#register-import/read-cell.ts';
import { refuseFile, WorkbookFault } from '#register-import/workbook-fault.ts';
import { rosterLimits } from './limits.ts';

/** One row of a sheet: header → text. */
export interface WorkbookRow {
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
}

export interface WorkbookSheet {
  readonly region: Region;
  readonly sheet: string;
  readonly rows: readonly WorkbookRow[];
}

/** Reads the sheets whose names begin with one of these villages' codes; or what is wrong with the file. */
export async function readRosterWorkbook(
  file: Buffer,
  villages: ReadonlySet<Region>,
): Promise<
  { readonly sheets: readonly WorkbookSheet[] } | { readonly faults: readonly RosterImportFault[] }
> {
  let sheet: string | null = null;
  try {
    const archive = await openArchive(file);
    requireSmall(archive, 'xl/sharedStrings.xml', rosterLimits.textsBytes);
    const found: WorkbookSheet[] = [];
    for (const name of await sheetNames(archive)) {
      const region = name.slice(0, 12);
      if (!villages.has(region)) continue;
      if (found.length >= rosterLimits.sheets) {
        throw refuseFile('too-large-inside', { part: name, limit: rosterLimits.sheets });
      }
      sheet = name;
      found.push({ region, sheet: name, rows: await rowsOf(archive, name) });
    }
    return { sheets: found };
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error;
    const faults = error.faults.map(({ row, header, code, params }) => ({
      sheet,
      row,
      header,
      code,
      params,
    }));
    return { faults };
  }
}

async function rowsOf(archive: Archive, name: string): Promise<WorkbookRow[]> {
  const opened = await openSheet(archive, name);
  requireSmall(archive, opened.part, rosterLimits.sheetBytes);
  const rows: WorkbookRow[] = [];
  let headers: ReadonlyMap<string, string> | null = null;
  for await (const row of sheetRows(opened, partText(archive, opened.part, { end: 'worksheet' }))) {
    const cells = new Map<string, string>();
    row.eachCell((cell, column) => {
      const read = asImportCell(cell.value);
      const text =
        read.kind === 'text' ? tidyCell(read.text) : read.kind === 'date' ? read.date : '';
      if (text !== '' && text !== null) cells.set(columnLetter(column), text);
    });
    if (headers === null) headers = readHeaders(cells, name);
    else rows.push({ row: row.number, cells: byHeader(cells, headers) });
    if (rows.length > rosterLimits.rows) {
      throw refuseFile('too-many-rows', { limit: rosterLimits.rows });
    }
  }
  return rows;
}

/** It is read in the server's own thread: nothing large is unpacked there. */
function requireSmall(archive: Archive, part: string, limit: number): void {
  if (!archive.has(part) || archive.sizeOf(part) <= limit) return;
  throw refuseFile('too-large-inside', { part, limit });
}

/** Letter → header; every column of the template must be there, others are not read. */
function readHeaders(cells: ReadonlyMap<string, string>, sheet: string): Map<string, string> {
  const known = [dayHeader, ...sheetColumns.map(({ header }) => header)];
  const found = [...cells].filter(([, header]) => known.includes(header));
  const missing = known.find((header) => !found.some(([, each]) => each === header));
  if (missing !== undefined) throw refuseFile('missing-column', { header: missing, sheet });
  return new Map(found);
}

function byHeader(
  cells: ReadonlyMap<string, string>,
  headers: ReadonlyMap<string, string>,
): Map<string, string> {
  return new Map(
    [...cells].flatMap(([letter, text]) => {
      const header = headers.get(letter);
      return header === undefined ? [] : [[header, text] as const];
    }),
  );
}
