/** What an exported file holds at most; a longer list says on its last row that it was cut there. */
export const exportRows = 100_000;

/** One cell: text, a number, or nothing. */
export type ExportCell = string | number | null;

/** Characters a spreadsheet takes for the beginning of a formula; the wide ones are typed in Chinese. */
const dangerous = /^[=+\-@\t\r＝＋－＠]/;

/**
 * A text that a spreadsheet shows as it stands and never computes: one that would begin a formula gets
 * an apostrophe before it (OWASP, CSV Injection). Numbers of ours stay numbers.
 */
export function inertText(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

/** A line of a CSV file (RFC 4180) with its line end. */
export function csvLine(cells: readonly ExportCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: ExportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = inertText(cell);
  return /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
