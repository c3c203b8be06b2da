import type { ImportFault, ImportKind } from '@sightline/contracts';
import type ExcelJS from 'exceljs';
import { tidyCell, type ImportCell } from '#domain/import-cells.ts';
import { findColumns, importSheets, type ImportRow } from '#domain/import-columns.ts';
import { fileFault, type RowFault } from '#domain/import-words.ts';
import { openSheet, sheetRows } from './excel-parts.ts';
import { importLimits } from './import-limits.ts';
import { openArchive } from './open-archive.ts';
import { partText, type TextWatch } from './part-text.ts';
import { asImportCell, columnLetter } from './read-cell.ts';
import { refuseFile, WorkbookFault } from './workbook-fault.ts';

/** An open sheet: its columns are known, its rows come in batches. */
export interface Sheet {
  /** Headers that are there. */
  readonly present: ReadonlySet<string>;
  /** The letter a column stands under. */
  readonly letterOf: (header: string | null) => string | null;
  /** Rows that hold anything; throws a WorkbookFault where the file goes wrong further down. */
  readonly batches: AsyncGenerator<readonly ImportRow[]>;
}

/** Opens the sheet of this kind; throws a WorkbookFault naming everything wrong with the file. */
export async function readSheet(file: Buffer, kind: ImportKind): Promise<Sheet> {
  const { sheet, columns } = importSheets[kind];
  const archive = await openArchive(file);
  const opened = await openSheet(archive, sheet);
  const merged: ImportFault[] = [];
  const watch = sheetWatch(merged);
  const text = partText(archive, opened.part, { end: 'worksheet', watch });
  const rows = guarded(sheetRows(opened, text), opened.part);
  const first = await rows.next();
  if (first.done === true || first.value.number !== 1) throw refuseFile('no-header', { sheet });
  const headers = readHeaders(first.value);
  const faults = findColumns(headers, columns);
  if (faults.length > 0) throw new WorkbookFault(faults.map((fault) => atHeader(fault, headers)));
  const letters = new Map([...headers].map(([letter, header]) => [header, letter]));
  return {
    present: new Set(headers.values()),
    letterOf: (header) => (header === null ? null : (letters.get(header) ?? null)),
    batches: batchesOf(rows, { headers, merged, kind }),
  };
}

function sheetWatch(merged: ImportFault[]): TextWatch {
  return {
    pattern: /<mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+[0-9]+)"|<is><r[ >]/,
    onMatch: ([, column, row, to]) => {
      // ExcelJS would keep the last run of such a text alone.
      if (column === undefined) throw refuseFile('rich-text-inside');
      if (merged.length >= importLimits.rangesNamed) return;
      const ref = `${column}${row}:${to}`;
      merged.push({ ...fileFault('merged-cells', { ref }), row: Number(row), column });
    },
  };
}

/** What ExcelJS throws about a part it cannot read is a damaged file. */
async function* guarded(
  rows: AsyncGenerator<ExcelJS.Row>,
  part: string,
): AsyncGenerator<ExcelJS.Row> {
  try {
    yield* rows;
  } catch (cause) {
    if (cause instanceof WorkbookFault) throw cause;
    throw refuseFile('damaged', { part }, { cause });
  }
}

/** Letter → header of row 1. */
function readHeaders(row: ExcelJS.Row): Map<string, string> {
  const headers = new Map<string, string>();
  row.eachCell((cell, column) => {
    const read = asImportCell(cell.value);
    const header = read.kind === 'text' ? tidyCell(read.text) : read.kind;
    if (header !== '') headers.set(columnLetter(column), header);
  });
  return headers;
}

function atHeader(fault: RowFault, headers: ReadonlyMap<string, string>): ImportFault {
  const column = [...headers].find(([, header]) => header === fault.header)?.[0] ?? null;
  return { ...fault, row: 1, column };
}

async function* batchesOf(
  rows: AsyncGenerator<ExcelJS.Row>,
  sheet: {
    readonly headers: ReadonlyMap<string, string>;
    readonly merged: readonly ImportFault[];
    readonly kind: ImportKind;
  },
): AsyncGenerator<readonly ImportRow[]> {
  const limit = sheet.kind === 'members' ? importLimits.memberRows : importLimits.organisationRows;
  let batch: ImportRow[] = [];
  let count = 0;
  for await (const row of rows) {
    const cells = readCells(row, sheet.headers);
    if (cells.size === 0) continue;
    if ((count += 1) > limit) throw refuseFile('too-many-rows', { limit });
    batch.push({ row: row.number, cells });
    if (batch.length < importLimits.rowsPerBatch) continue;
    yield batch;
    batch = [];
  }
  if (sheet.merged.length > 0) throw new WorkbookFault(sheet.merged);
  if (count === 0) throw refuseFile('no-rows');
  if (batch.length > 0) yield batch;
}

/** The cells that hold something, by header; what stands beside the table is not read. */
function readCells(
  row: ExcelJS.Row,
  headers: ReadonlyMap<string, string>,
): ReadonlyMap<string, ImportCell> {
  const cells = new Map<string, ImportCell>();
  row.eachCell((cell, column) => {
    const header = headers.get(columnLetter(column));
    if (header === undefined) return;
    const read = asImportCell(cell.value);
    const isBlank = read.kind === 'empty' || (read.kind === 'text' && read.text.trim() === '');
    if (!isBlank) cells.set(header, read);
  });
  return cells;
}
