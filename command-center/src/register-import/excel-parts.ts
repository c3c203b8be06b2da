import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { Archive } from './open-archive.ts';
import { partText, type TextWatch } from './part-text.ts';
import { refuseFile } from './workbook-fault.ts';
import { importLimits } from './import-limits.ts';

/**
 * ExcelJS 4.4.0 reads the parts one by one. Its own way through the zip would write sheets that come
 * before the texts (Excel's order) to temporary files and cut characters in two between pieces; so the
 * parts come from `openArchive`, in the order they are needed, as text.
 */
interface PartReader {
  readonly model: { readonly sheets?: readonly { readonly name: string; readonly rId: string }[] };
  readonly workbookRels: readonly { readonly Id: string; readonly Target: string }[];
  sharedStrings: readonly unknown[] | undefined;
  _parseRels: (part: Readable) => Promise<void>;
  _parseWorkbook: (part: Readable) => Promise<void>;
  _parseStyles: (part: Readable) => Promise<void>;
  _parseSharedStrings: (part: Readable) => AsyncGenerator<unknown>;
  _parseWorksheet: (
    text: AsyncIterable<string>,
    id: string,
  ) => Iterable<{ readonly value: AsyncIterable<ExcelJS.Row> }>;
}

export interface SheetPart {
  readonly reader: PartReader;
  /** Such as xl/worksheets/sheet1.xml. */
  readonly part: string;
}

/** Reads everything but the sheet itself, and finds the sheet of this name. */
export async function openSheet(archive: Archive, sheet: string): Promise<SheetPart> {
  const options = { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache' } as const;
  const blank = Readable.from([]);
  // Its types leave the parts out; the version is pinned and `read-sheet.test.ts` reads through them.
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(blank, options) as unknown as PartReader;
  const text = (part: string, end: string, watch: TextWatch | null = null) =>
    Readable.from(partText(archive, part, { end, watch }));
  await reader._parseRels(text('xl/_rels/workbook.xml.rels', 'Relationships'));
  await reader._parseWorkbook(text('xl/workbook.xml', 'workbook'));
  const part = findSheet(reader, sheet);
  if (!archive.has(part)) throw refuseFile('damaged', { part });
  if (archive.has('xl/styles.xml')) await reader._parseStyles(text('xl/styles.xml', 'styleSheet'));
  await readSharedStrings(archive, reader, text);
  return { reader, part };
}

/** The names of the sheets, in order. */
export async function sheetNames(archive: Archive): Promise<string[]> {
  const blank = Readable.from([]);
  // As above.
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(blank, {}) as unknown as PartReader;
  const part = 'xl/workbook.xml';
  await reader._parseWorkbook(Readable.from(partText(archive, part, { end: 'workbook' })));
  return (reader.model.sheets ?? []).map(({ name }) => name);
}

function findSheet({ model, workbookRels }: PartReader, sheet: string): string {
  const sheets = model.sheets ?? [];
  const found = sheets.find(({ name }) => name === sheet);
  if (found === undefined) {
    const names = sheets.map(({ name }) => name).join('、');
    throw refuseFile('wrong-sheet', { expected: sheet, found: names.slice(0, 200) });
  }
  const target = workbookRels.find(({ Id }) => Id === found.rId)?.Target ?? '';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

const texts = 'xl/sharedStrings.xml';

async function readSharedStrings(
  archive: Archive,
  reader: PartReader,
  text: (part: string, end: string, watch: TextWatch) => Readable,
): Promise<void> {
  if (!archive.has(texts)) {
    reader.sharedStrings = [];
    return;
  }
  if (archive.sizeOf(texts) > importLimits.sharedStringsBytes) {
    throw refuseFile('too-large-inside', { part: texts, limit: importLimits.sharedStringsBytes });
  }
  // ExcelJS would take the phonetic guide for the text itself.
  const watch: TextWatch = {
    pattern: /<(?:\w+:)?rPh[ >]/,
    onMatch: () => {
      throw refuseFile('phonetic');
    },
  };
  for await (const _ of reader._parseSharedStrings(text(texts, 'sst', watch))) {
    // Kept by the reader; nothing is passed on.
  }
}

/** The rows of the sheet, one after the other. */
export async function* sheetRows(
  { reader }: SheetPart,
  text: AsyncIterable<string>,
): AsyncGenerator<ExcelJS.Row> {
  for (const { value } of reader._parseWorksheet(text, '1')) yield* value;
}
