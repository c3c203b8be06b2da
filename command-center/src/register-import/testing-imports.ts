import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  idNumberCheck,
  workbookType,
  type ImportKind,
  type ImportRowErrors,
  type ImportView,
  type Page,
} from '@sightline/contracts';
import ExcelJS from 'exceljs';
import type { LightMyRequestResponse } from 'fastify';
import { importSheets } from '#domain/import-columns.ts';
import { openTestConsole, testOrigin, type TestConsole } from '#server/testing-console.ts';
import { vi } from 'vitest';

/** The console with imports, a register key, and a registrar of the prefecture signed in. */
export interface TestImports extends AsyncDisposable {
  readonly console: TestConsole;
  readonly keyFile: string;
  readonly cookie: string;
  readonly upload: (
    kind: ImportKind,
    file: Buffer,
    asked?: { readonly cookie?: string; readonly key?: string; readonly query?: string },
  ) => Promise<LightMyRequestResponse>;
  /** Uploads and waits until it was read. */
  readonly check: (kind: ImportKind, file: Buffer, cookie?: string) => Promise<ImportView>;
  /** Applies, undoes or discards, and waits for the end of it; returns the import, or the refusal's code. */
  readonly step: (importId: string, step: 'apply' | 'undo') => Promise<ImportView | string>;
  readonly view: (importId: string) => Promise<ImportView>;
  /** Waits until nothing is being done with it. */
  readonly settled: (importId: string) => Promise<ImportView>;
  readonly errors: (importId: string) => Promise<readonly ImportRowErrors[]>;
}

const waitMs = 120_000;
const busy = ['reading', 'applying', 'undoing'];

export async function openTestImports(): Promise<TestImports> {
  await using stack = new AsyncDisposableStack();
  const dir = mkdtempSync(join(tmpdir(), 'sightline-import-'));
  stack.defer(() => rmSync(dir, { recursive: true, force: true }));
  const keyFile = join(dir, 'register.key');
  writeFileSync(keyFile, randomBytes(32), { mode: 0o600 });
  const console = stack.use(await openTestConsole({ registerKeyFile: keyFile }));
  const cookie = await console.enter(['registrar'], '5402');
  const get = async <T>(url: string): Promise<T> => {
    const reply = await console.call({ url, cookie });
    if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode} ${reply.body}`);
    return reply.json<T>();
  };
  const view = (importId: string) => get<ImportView>(`/api/imports/${importId}`);
  const settled = (importId: string) =>
    vi.waitFor(
      async () => {
        const found = await view(importId);
        if (busy.includes(found.state)) throw new Error(`The import is still ${found.state}.`);
        return found;
      },
      { timeout: waitMs, interval: 50 },
    );
  const upload = uploader(console, cookie);
  const parts = stack.move();
  return {
    console,
    keyFile,
    cookie,
    upload,
    view,
    settled,
    check: async (kind, file, by = cookie) =>
      settled(importIdOf(await upload(kind, file, { cookie: by }))),
    step: async (importId, step) => {
      const url = `/api/imports/${importId}/${step}`;
      const reply = await console.call({ method: 'POST', url, cookie, body: {} });
      return reply.statusCode === 201 ? settled(importId) : reply.json<{ code: string }>().code;
    },
    errors: async (importId) => {
      const page = await get<Page<ImportRowErrors>>(`/api/imports/${importId}/errors`);
      return page.items;
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function uploader(console: TestConsole, own: string): TestImports['upload'] {
  return (kind, file, { cookie = own, key = randomUUID(), query = '' } = {}) =>
    console.app.inject({
      method: 'POST',
      url: `/api/imports?kind=${kind}&name=${encodeURIComponent('测试.xlsx')}${query}`,
      headers: {
        host: 'localhost:7400',
        origin: testOrigin,
        cookie,
        'idempotency-key': key,
        'content-type': workbookType,
      },
      payload: file,
    });
}

function importIdOf(reply: LightMyRequestResponse): string {
  if (reply.statusCode !== 201)
    throw new Error(`No import began: ${reply.statusCode} ${reply.body}`);
  return reply.json<{ importId: string }>().importId;
}

export type SheetCell = ExcelJS.CellValue;

/** A workbook with one sheet: headers and rows; `shape` may do what nobody should. */
export async function workbookOf(
  kind: ImportKind,
  rows: readonly (readonly SheetCell[])[],
  given: {
    readonly headers?: readonly string[];
    readonly sheet?: string;
    readonly shape?: (sheet: ExcelJS.Worksheet) => void;
  } = {},
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(given.sheet ?? importSheets[kind].sheet);
  sheet.addRow([...(given.headers ?? headersOf(kind))]);
  for (const row of rows) sheet.addRow([...row]);
  given.shape?.(sheet);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export function headersOf(kind: ImportKind): string[] {
  return Object.values(importSheets[kind].columns).map(({ header }) => header);
}

/** A right id number of the synthetic division 540200. */
export function syntheticNumber(bornOn: string, sequence: number): string {
  const first = `540200${bornOn.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return `${first}${idNumberCheck(first)}`;
}

/** A right row of 党员 in the order of its columns; born 1980, women by an even sequence. */
export function memberCells(
  nth: number,
  change: Readonly<Record<string, SheetCell>> = {},
): SheetCell[] {
  const bornOn = '1980-05-06';
  const cells: Record<string, SheetCell> = {
    姓名: `合成${nth}`,
    性别: nth % 2 === 1 ? '男' : '女',
    公民身份号码: syntheticNumber(bornOn, nth),
    出生日期: bornOn,
    学历: '初中',
    入党日期: '2005-07-01',
    人员类别: '正式党员',
    组织代码: 'P',
    转入: null,
    ...change,
  };
  return headersOf('members').map((header) => cells[header] ?? null);
}

/** A right row of 组织 in the order of its columns. */
export function organisationCells(
  code: string,
  change: Readonly<Record<string, SheetCell>> = {},
): SheetCell[] {
  const cells: Record<string, SheetCell> = {
    组织代码: code,
    组织名称: `组织${code}`,
    组织类型: '党支部',
    上级组织代码: 'P',
    区划代码: '540202200201',
    功能型: '否',
    成立日期: '1965-09-01',
    ...change,
  };
  return headersOf('organisations').map((header) => cells[header] ?? null);
}

/** The top and one branch of a village, so that members have somewhere to go. */
export const topCells = organisationCells('P', {
  组织类型: '党委',
  上级组织代码: null,
  区划代码: '5402',
});

const tables = ['organisation', 'organisation_region', 'member', 'contact', 'post', 'person'];

/** A checksum of each table of the register, to see that nothing was changed. */
export async function registerSums({
  store,
}: Pick<TestConsole, 'store'>): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of tables) {
    const { rows } = await store.pool.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
       from ${table} t`,
    );
    sums[table] = rows[0]?.sum ?? '';
  }
  return sums;
}
