import type { ImportKind } from '@sightline/contracts';
import {
  oneOf,
  readCell,
  readCode,
  readDate,
  textUpTo,
  type CellRule,
  type ImportCell,
} from './import-cells.ts';
import { rowFault, type RowFault } from './import-words.ts';

/** A column of a sheet: its header in the workbook and how a cell below it is read. */
export interface ImportColumn extends CellRule {
  /** A sheet without it is refused. */
  readonly needed: boolean;
  /** Every row must fill it in. */
  readonly filled: boolean;
  /** What the template shows below it. */
  readonly example: string;
}

export type ImportColumns = Readonly<Record<string, ImportColumn>>;

const asIs = (text: string): string => text;
const yesNo = oneOf({ 是: 'yes', 否: 'no' });

/** 组织. */
export const organisationColumns = {
  code: needed('组织代码', readCode, '540202200201'),
  name: needed('组织名称', textUpTo(128), '示例村党支部'),
  kind: needed(
    '组织类型',
    oneOf({
      党委: 'committee',
      党总支: 'general-branch',
      党支部: 'branch',
      党组: 'leading-group',
    }),
    '党支部',
  ),
  parentCode: { ...needed('上级组织代码', readCode, '540202200'), filled: false },
  region: needed('区划代码', readCode, '540202200201'),
  isFunctional: optional('功能型', yesNo, '否'),
  foundedOn: { ...optional('成立日期', readDate, '1965-09-01'), isDate: true },
} as const satisfies ImportColumns;

/** 党员. */
export const memberColumns = {
  name: needed('姓名', textUpTo(64), '示例'),
  sex: needed('性别', oneOf({ 男: 'male', 女: 'female' }), '女'),
  idNumber: needed('公民身份号码', asIs, '11010519491231002X'),
  bornOn: { ...needed('出生日期', readDate, '1949-12-31'), isDate: true },
  education: needed(
    '学历',
    oneOf({
      小学: 'primary',
      初中: 'junior-middle',
      高中: 'senior-middle',
      中专: 'vocational',
      大专: 'college',
      本科: 'bachelor',
      研究生: 'postgraduate',
    }),
    '初中',
  ),
  joinedOn: { ...needed('入党日期', readDate, '1971-07-01'), isDate: true },
  standing: needed('人员类别', oneOf({ 正式党员: 'full', 预备党员: 'probationary' }), '正式党员'),
  organisationCode: needed('组织代码', readCode, '540202200201'),
  isTransfer: optional('转入', yesNo, '否'),
} as const satisfies ImportColumns;

function needed(header: string, read: CellRule['read'], example: string): ImportColumn {
  return { header, read, needed: true, filled: true, example };
}

function optional(header: string, read: CellRule['read'], example: string): ImportColumn {
  return { header, read, needed: false, filled: false, example };
}

export const importSheets: Readonly<
  Record<ImportKind, { readonly sheet: string; readonly columns: ImportColumns }>
> = {
  organisations: { sheet: '组织', columns: organisationColumns },
  members: { sheet: '党员', columns: memberColumns },
};

/** Finds each column by its header; whatever is unknown, missing or there twice is named. */
export function findColumns(
  headers: ReadonlyMap<string, string>,
  columns: ImportColumns,
): readonly RowFault[] {
  const known = new Set(Object.values(columns).map(({ header }) => header));
  const unknown = [...headers.values()].filter((header) => !known.has(header));
  const counts = Map.groupBy(headers.values(), (header) => header);
  const missing = Object.values(columns).filter((each) => each.needed && !counts.has(each.header));
  const twice = [...counts].filter(([header, all]) => known.has(header) && all.length > 1);
  return [
    ...unknown.map((header) => rowFault('unknown-column', header, { header: header.slice(0, 40) })),
    ...missing.map(({ header }) => rowFault('missing-column', header, { header })),
    ...twice.map(([header]) => rowFault('twice-column', header, { header })),
  ];
}

/** A row of the sheet: each cell by its header. */
export interface ImportRow {
  readonly row: number;
  readonly cells: ReadonlyMap<string, ImportCell>;
}

/** What was read of a row: undefined = the sheet has no such column, null = the cell is empty. */
export interface RowRead<K extends string> {
  readonly row: number;
  readonly values: Readonly<Partial<Record<K, string | null>>>;
  readonly faults: readonly RowFault[];
}

const empty: ImportCell = { kind: 'empty' };

/** Reads a row by the columns of its sheet; every cell that is wrong is named. */
export function readRow<K extends string>(
  { row, cells }: ImportRow,
  {
    columns,
    present,
  }: {
    readonly columns: Readonly<Record<K, ImportColumn>>;
    readonly present: ReadonlySet<string>;
  },
): RowRead<K> {
  const values: Partial<Record<K, string | null>> = {};
  const faults: RowFault[] = [];
  for (const key in columns) {
    const column = columns[key];
    if (!present.has(column.header)) continue;
    const read = readCell(cells.get(column.header) ?? empty, column);
    if (read !== null && typeof read === 'object') faults.push(read);
    else if (read === null && column.filled) faults.push(rowFault('required', column.header));
    else values[key] = read;
  }
  return { row, values, faults };
}
