import type ExcelJS from 'exceljs';
import type { ImportCell } from '#domain/import-cells.ts';

/** A cell of ExcelJS as the rules know it. */
export function asImportCell(value: ExcelJS.CellValue): ImportCell {
  if (value === null || value === undefined) return { kind: 'empty' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'truth', value };
  if (value instanceof Date) return { kind: 'date', date: dayOf(value) };
  if ('formula' in value || 'sharedFormula' in value) return { kind: 'formula' };
  if ('richText' in value) {
    return { kind: 'text', text: value.richText.map(({ text }) => text ?? '').join('') };
  }
  if ('error' in value) return { kind: 'error', value: String(value.error).slice(0, 16) };
  return { kind: 'text', text: String(value.text) };
}

/** ExcelJS makes midnight UTC of the day that is shown. */
function dayOf(value: Date): string | null {
  if (Number.isNaN(value.getTime())) return null;
  const day = value.toISOString().slice(0, 10);
  return /^[0-9]{4}-/.test(day) ? day : null;
}

/** 1 → A, 27 → AA. */
export function columnLetter(column: number): string {
  const before = Math.floor((column - 1) / 26);
  const letter = String.fromCharCode(65 + ((column - 1) % 26));
  return before === 0 ? letter : `${columnLetter(before)}${letter}`;
}
