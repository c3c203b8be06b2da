import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import exceljs from 'exceljs';
import type { FastifyReply } from 'fastify';
import { csvLine, exportRows, inertText, type ExportCell } from '#domain/export-cell.ts';

/** One column of an exported list. */
export interface ExportColumn<T> {
  /** Chinese, then English: one file serves every reader. */
  readonly header: string;
  readonly cell: (row: T) => ExportCell;
  /** In characters; 16 unless given. */
  readonly width?: number;
}

/** A list on its way into a file: pages of it, as they come. */
export interface ExportedList<T> {
  /** Of the file, without its ending: `terminals-540235`. */
  readonly name: string;
  readonly columns: readonly ExportColumn<T>[];
  readonly pages: AsyncIterable<readonly T[]>;
}

export type ExportKind = 'xlsx' | 'csv';

const types: Readonly<Record<ExportKind, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};
const cutMark = `仅前 ${exportRows} 行，请缩小范围 · only the first ${exportRows} rows: narrow the list`;

/** Sends the list as a file while it is being read; at most `exportRows` rows, and says where it was cut. */
export function sendList<T>(
  reply: FastifyReply,
  kind: ExportKind,
  list: ExportedList<T>,
): FastifyReply {
  const stream = new PassThrough();
  const written = kind === 'csv' ? writeCsv(stream, list) : writeWorkbook(stream, list);
  written.catch((error: unknown) => {
    reply.log.error({ err: error }, 'An export broke off.');
    // A file cut short must not look whole: the connection breaks.
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return reply
    .type(types[kind])
    .header('content-disposition', `attachment; filename="${list.name}.${kind}"`)
    .send(stream);
}

async function writeCsv<T>(stream: PassThrough, list: ExportedList<T>): Promise<void> {
  // The mark by which Excel knows UTF-8.
  stream.write('\uFEFF');
  await put(stream, csvLine(list.columns.map(({ header }) => header)));
  for await (const cells of linesOf(list)) await put(stream, csvLine(cells));
  stream.end();
}

async function put(stream: PassThrough, text: string): Promise<void> {
  if (!stream.write(text)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  if (stream.destroyed) throw new Error('The reader of the export went away.');
}

async function writeWorkbook<T>(stream: PassThrough, list: ExportedList<T>): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const sheet = workbook.addWorksheet('Sheet1', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = list.columns.map(({ width = 16 }) => ({ width }));
  const head = sheet.addRow(list.columns.map(({ header }) => header));
  head.font = { bold: true };
  head.commit();
  for await (const cells of linesOf(list)) {
    sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? inertText(cell) : cell))).commit();
    if (stream.destroyed) throw new Error('The reader of the export went away.');
  }
  sheet.commit();
  await workbook.commit();
}

/** The lines below the header, none past the ceiling; others get their turn between pages. */
async function* linesOf<T>({ pages, columns }: ExportedList<T>): AsyncGenerator<ExportCell[]> {
  let count = 0;
  for await (const page of pages) {
    for (const row of page) {
      if (count === exportRows) {
        yield [cutMark];
        return;
      }
      yield columns.map(({ cell }) => cell(row));
      count += 1;
    }
    await breathe();
  }
}

/**
 * Reads a list page by page. `read` gets the cursor of the page before (null = the first) and returns
 * at most `rows` rows; a shorter page is the last one.
 */
export async function* pagesOf<T, Cursor>(
  read: (after: Cursor | null, rows: number) => Promise<readonly T[]>,
  cursorOf: (row: T) => Cursor,
): AsyncGenerator<readonly T[]> {
  let after: Cursor | null = null;
  for (;;) {
    const page: readonly T[] = await read(after, pageRows);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    after = cursorOf(last);
  }
}

/** As many as the store gives at once. */
const pageRows = 500;

/** A list that is there whole. */
export async function* wholeOf<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows;
}
