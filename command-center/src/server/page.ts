import type { Page } from '@sightline/contracts';
import { limits } from '#limits.ts';
import { BadRequest } from './problem.ts';

/** A page of rows fetched with one more than shown: that one tells whether there is a next page. */
export function pageOf<T>(rows: readonly T[], cursor: (row: T) => string): Page<T> {
  const items = rows.slice(0, limits.pageRows);
  const last = items.at(-1);
  const hasNext = rows.length > limits.pageRows && last !== undefined;
  return { items, next: hasNext ? cursor(last) : null };
}

const instantAndId = /^(\d{4}-\d{2}-\d{2}T[0-9:.]+Z)_([0-9a-f-]{36})$/;

/** A `2026-11-23T12:00:00.000Z_<uuid>` cursor; null = the first page. */
export function parseCursor(
  text: string | undefined,
): { readonly at: string; readonly id: string } | null {
  if (text === undefined) return null;
  const [, at, id] = instantAndId.exec(text) ?? [];
  if (at !== undefined && id !== undefined) return { at, id };
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}

/** A cursor that is a positive whole number; null = the first page. */
export function parseNumberCursor(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}
