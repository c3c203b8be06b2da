import { PassThrough } from 'node:stream';
import exceljs from 'exceljs';
import type { CalendarDayView, Region, RosterSlot } from '@sightline/contracts';
import { inertText } from '#domain/export-cell.ts';
import {
  cellNames,
  dayHeader,
  sheetColumns,
  sheetNameOf,
  type SheetPerson,
} from '#domain/watch/roster-sheet.ts';

/** One village as its sheet shows it. */
export interface RosterSheet {
  readonly region: Region;
  readonly name: string;
  /** Everybody the slots name, the active ones first as listed. */
  readonly people: readonly SheetPerson[];
  readonly slots: readonly RosterSlot[];
}

const kindWords = { workday: '工作日', weekend: '周末', holiday: '节假日' } as const;

/** A workbook of a month, ready to print: a sheet a village, a row a day, on a landscape page. */
export function rosterWorkbook(
  sheets: readonly RosterSheet[],
  days: readonly CalendarDayView[],
): PassThrough {
  const stream = new PassThrough();
  const written = write(stream, sheets, days);
  written.catch((error: unknown) => {
    // A file cut short must not look whole: the connection breaks.
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return stream;
}

async function write(
  stream: PassThrough,
  sheets: readonly RosterSheet[],
  days: readonly CalendarDayView[],
): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  for (const one of sheets) {
    const sheet = workbook.addWorksheet(sheetNameOf(one), {
      views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
      pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToHeight: 1 },
    });
    sheet.columns = [{ width: 12 }, ...sheetColumns.map(() => ({ width: 10 })), { width: 22 }];
    const headers = [dayHeader, ...sheetColumns.map(({ header }) => header), '说明 note'];
    const head = sheet.addRow(headers);
    head.font = { bold: true };
    head.alignment = { wrapText: true, vertical: 'top' };
    head.commit();
    const names = cellNames(one.people);
    for (const known of days) sheet.addRow(cellsOf(known, one.slots, names)).commit();
    sheet.commit();
  }
  await workbook.commit();
}

function cellsOf(
  { day, kind, name, tibetan }: CalendarDayView,
  slots: readonly RosterSlot[],
  names: ReadonlyMap<string, string>,
): string[] {
  const cells = sheetColumns.map(({ post, name: shift, isFallback }) => {
    const slot = slots.find((each) => each.post === post && each.shift === `${day}/${shift}`);
    const id = isFallback ? slot?.fallbackId : slot?.personId;
    return inertText(names.get(id ?? '') ?? '');
  });
  const note = [name ?? kindWords[kind], tibetan === null ? '' : `藏历${tibetan.chinese}`];
  return [day, ...cells, note.filter((word) => word !== '').join(' ')];
}
