import type { StoredLayout } from '../layout.ts';

/** A stored layout as JSON with one division a line, so that a change reads well in a diff. */
export function printLayout(stored: StoredLayout): string {
  const sections = Object.entries(stored).map(([name, rows]) => `  "${name}": ${printRows(rows)}`);
  return `{\n${sections.join(',\n')}\n}\n`;
}

function printRows(rows: readonly number[] | Readonly<Record<string, readonly number[]>>): string {
  if (isRow(rows)) return JSON.stringify(rows);
  const lines = Object.entries(rows).map(([code, row]) => `    "${code}": ${JSON.stringify(row)}`);
  return `{\n${lines.join(',\n')}\n  }`;
}

function isRow(
  rows: readonly number[] | Readonly<Record<string, readonly number[]>>,
): rows is readonly number[] {
  return Array.isArray(rows);
}
