import exceljs, { type CellValue } from 'exceljs';

/** The first sheet of a workbook, its head with it; empty cells are null. */
export async function readSheet(bytes: Buffer): Promise<CellValue[][]> {
  const workbook = new exceljs.Workbook();
  // Typed for an older Buffer.
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const sheet = workbook.worksheets[0];
  if (sheet === undefined) return [];
  return Array.from({ length: sheet.rowCount }, (_, row) =>
    Array.from({ length: sheet.columnCount }, (__, cell) => {
      const { value } = sheet.getRow(row + 1).getCell(cell + 1);
      return value === '' || value === undefined ? null : value;
    }),
  );
}
