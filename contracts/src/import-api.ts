import Type, { type Static } from 'typebox';
import { uuidPattern } from './fact.ts';

/*
 * 导入. HTTP of the Excel import. `POST /api/imports?kind=&name=` takes the workbook itself as its body
 * (`workbookType`, `name` is the file's) → 201 {importId}; the work goes on behind it.
 */

const closed = { additionalProperties: false } as const;

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Which sheet the workbook holds: 组织 or 党员. */
export const ImportKind = Type.Union([Type.Literal('organisations'), Type.Literal('members')]);
export type ImportKind = Static<typeof ImportKind>;

/**
 * `checked`: read to the end, nothing changed yet; with `wrong` = 0 it can be applied. `failed`: the
 * file, or the way of applying it, could not be; nothing was changed. `discarded`: taken back, or left
 * for a day.
 */
export type ImportState =
  | 'reading'
  | 'checked'
  | 'applying'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'failed'
  | 'discarded';

/** What a row would do to the register. */
export type ImportOutcome = 'add' | 'change' | 'same' | 'wrong';

/** One thing wrong in a workbook: the page words the code with its params (never an id number). */
export interface ImportFault {
  /** Row of the sheet as Excel counts them; null = the whole file. */
  readonly row: number | null;
  /** Letter of the column; null = the whole row. */
  readonly column: string | null;
  /** 表头. What stands above the column. */
  readonly header: string | null;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** GET /api/imports?before= (a page of them, newest first) and GET /api/imports/:importId. */
export interface ImportView {
  readonly importId: string;
  /** Cursor of the list. */
  readonly seq: number;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly region: string;
  readonly fileName: string;
  readonly madeAt: string;
  readonly actor: string;
  readonly rowsRead: number;
  /** Null until the sheet was read to its end. */
  readonly rowsTotal: number | null;
  readonly toAdd: number;
  readonly toChange: number;
  readonly same: number;
  readonly wrong: number;
  readonly appliedAt: string | null;
  readonly undoneAt: string | null;
  /** Of the whole file, or of its applying or undoing. */
  readonly faults: readonly ImportFault[];
}

/** GET /api/imports/:importId/errors?after= (a page); `errors.xlsx` beside it is the same to download. */
export interface ImportRowErrors {
  readonly row: number;
  readonly faults: readonly ImportFault[];
}

/** POST /api/imports/:importId/apply, …/undo, and DELETE: → {importId}; the state tells the rest. */
export const ImportStepRequest = Type.Object({}, closed);

const rows = Type.Integer({ minimum: 0 });
const imported = { importId: Type.String({ pattern: uuidPattern }), kind: ImportKind, rows };

/** Facts of the centre about imports: counts, never a person. */
export const importFactData = {
  'register.imported': Type.Object(imported, closed),
  'register.import-undone': Type.Object(imported, closed),
} as const;
