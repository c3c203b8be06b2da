import type { ImportKind } from '@sightline/contracts';
import ExcelJS from 'exceljs';
import { importSheets, type ImportColumn } from '#domain/import-columns.ts';

const exampleSheet = '示例 example';

/** An empty workbook to fill in: headers with a note each, cells as text, and one example beside it. */
export async function templateWorkbook(kind: ImportKind): Promise<Buffer> {
  const { sheet: name, columns } = importSheets[kind];
  const all = Object.values(columns);
  const workbook = new ExcelJS.Workbook();
  addSheet(workbook, name, all);
  addSheet(workbook, exampleSheet, all).addRow(all.map(({ example }) => example));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  columns: readonly ImportColumn[],
): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  // Whatever is typed stays as it was typed: no lost zeros, no rounded id numbers.
  sheet.columns = columns.map(({ header }) => ({ header, width: 20, style: { numFmt: '@' } }));
  sheet.getRow(1).font = { bold: true };
  columns.forEach(({ filled, example }, index) => {
    const must = filled ? '必填 required' : '可空 may be empty';
    sheet.getCell(1, index + 1).note = `${must}\n例 example: ${example}`;
  });
  return sheet;
}
