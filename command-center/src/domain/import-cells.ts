import { parsePlainDate } from '@sightline/contracts';
import { rowFault, type RowFault } from './import-words.ts';

/** A cell as it stands in the workbook. */
export type ImportCell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** Formatted as a date; ISO, or null where the number is no day. */
  | { readonly kind: 'date'; readonly date: string | null }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'formula' }
  | { readonly kind: 'error'; readonly value: string };

/** What was read of a cell: its value, null for an empty one, or what is wrong. */
export type CellRead = string | null | RowFault;

export interface CellRule {
  readonly header: string;
  readonly read: (text: string, header: string) => string | RowFault;
  /** Dates alone may stand as numbers; everything else would lose zeros or digits. */
  readonly isDate?: boolean;
}

/** Reads one cell by its column's rule. */
export function readCell(cell: ImportCell, { header, read, isDate = false }: CellRule): CellRead {
  if (cell.kind === 'formula') return rowFault('formula', header);
  if (cell.kind === 'error') return rowFault('error-value', header, { value: cell.value });
  if (cell.kind === 'truth') return rowFault('not-text', header);
  if (cell.kind === 'empty') return null;
  if (cell.kind === 'number') {
    return isDate ? read(String(cell.value), header) : rowFault('number-not-text', header);
  }
  if (cell.kind === 'date')
    return isDate ? readDay(cell.date, header) : rowFault('not-text', header);
  const text = tidyCell(cell.text);
  return text === '' ? null : read(text, header);
}

/** One spelling: composed letters, full-width digits and letters made plain, single blanks. */
export function tidyCell(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
}

function readDay(date: string | null, header: string): string | RowFault {
  return date ?? rowFault('bad-date', header, { value: '' });
}

/** `2001-02-03`, `2001/2/3`, `2001.2.3`, `20010203`, `2001年2月3日` → 2001-02-03. */
export function readDate(text: string, header: string): string | RowFault {
  const parts =
    /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text) ??
    /^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$/.exec(text);
  const [, year, month = '', day = ''] = parts ?? [];
  const read =
    year === undefined
      ? null
      : parsePlainDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return read?.toString() ?? rowFault('bad-date', header, { value: shorten(text) });
}

export function readCode(text: string, header: string): string | RowFault {
  if (/^[0-9A-Za-z]{1,32}$/.test(text)) return text;
  return rowFault('bad-code', header, { value: shorten(text) });
}

/** Text of at most so many characters. */
export function textUpTo(limit: number): CellRule['read'] {
  return (text, header) => {
    const { length } = text;
    return length <= limit ? text : rowFault('too-long', header, { limit, length });
  };
}

/** One of the known words, as the register's own word. */
export function oneOf(words: Readonly<Record<string, string>>): CellRule['read'] {
  return (text, header) => {
    const known = Object.hasOwn(words, text) ? words[text] : undefined;
    if (known !== undefined) return known;
    const allowed = Object.keys(words).join('、');
    return rowFault('unknown-word', header, { value: shorten(text), allowed });
  };
}

const shownCharacters = 24;

function shorten(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`;
}
