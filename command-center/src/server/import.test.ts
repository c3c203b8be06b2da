import { randomUUID } from 'node:crypto';
import type { ImportView, Page } from '@sightline/contracts';
import { listAudit } from '@sightline/store';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  memberCells,
  openTestImports,
  organisationCells,
  registerSums,
  syntheticNumber,
  topCells,
  workbookOf,
  type TestImports,
} from '#register-import/testing-imports.ts';
import { problemOf } from './testing-console.ts';

// A thread is started for each file, on a machine that others use too.
vi.setConfig({ testTimeout: 180_000 });

let imports: TestImports;
beforeAll(async () => {
  imports = await openTestImports();
});
afterAll(() => imports[Symbol.asyncDispose]());

async function applied(kind: 'organisations' | 'members', rows: Parameters<typeof workbookOf>[1]) {
  const checked = await imports.check(kind, await workbookOf(kind, rows));
  expect(checked).toMatchObject({ state: 'checked', wrong: 0 });
  const done = await imports.step(checked.importId, 'apply');
  expect(done).toMatchObject({ state: 'applied' });
  return checked.importId;
}

test('organisations and members go in by dry run and apply, say so impersonally, and come out again by undo', async () => {
  const { console, cookie } = imports;
  const before = await registerSums(console);
  const file = await workbookOf('organisations', [
    organisationCells('V1', { 上级组织代码: 'T1' }), // Below one that stands further down the sheet.
    topCells,
    organisationCells('T1', { 组织类型: '党委', 区划代码: '540202200', 成立日期: null }),
  ]);
  const checked = await imports.check('organisations', file);
  expect(checked).toMatchObject({
    state: 'checked',
    fileName: '测试.xlsx',
    rowsRead: 3,
    rowsTotal: 3,
    toAdd: 3,
    toChange: 0,
    same: 0,
    wrong: 0,
  });
  expect(await registerSums(console)).toEqual(before);
  expect(await imports.step(checked.importId, 'apply')).toMatchObject({ state: 'applied' });
  const paths = await console.store.pool.query<{ path: string }>(
    'select path from organisation order by path',
  );
  expect(paths.rows.map(({ path }) => path)).toEqual(['P.', 'P.T1.', 'P.T1.V1.']);
  const between = await registerSums(console);

  const members = await applied('members', [
    memberCells(1),
    memberCells(2, { 组织代码: 'V1', 入党日期: new Date('2006-01-02') }),
    memberCells(3, { 组织代码: 'V1', 出生日期: '1980/5/6', 入党日期: '20060102' }),
  ]);
  const { rows } = await console.store.pool.query<Record<string, unknown>>(
    `select name, sex, born_on, joined_on, id_masked, id_cipher::text || id_hash::text as kept
     from member order by name`,
  );
  expect(rows).toMatchObject([
    { name: '合成1', sex: 'male', born_on: '1980-05-06', joined_on: '2005-07-01' },
    { name: '合成2', sex: 'female', joined_on: '2006-01-02' },
    { name: '合成3', sex: 'male', born_on: '1980-05-06', joined_on: '2006-01-02' },
  ]);
  expect(rows[0]?.['id_masked']).toMatch(/^5402\*{13}[0-9X]$/);
  const staged = await console.store.pool.query('select from import_row');
  expect(staged.rowCount).toBe(0);

  // What members stand in is not taken away under them.
  expect(await imports.step(checked.importId, 'undo')).toBe('import-in-use');
  expect(await imports.step(members, 'undo')).toMatchObject({ state: 'undone' });
  expect(await registerSums(console)).toEqual(between);
  expect(await imports.step(checked.importId, 'undo')).toMatchObject({ state: 'undone' });
  expect(await registerSums(console)).toEqual(before);

  const facts = await console.store.pool.query<{ type: string; body: string }>(
    `select type, body from log where type like 'register.%' order by position`,
  );
  expect(facts.rows.map(({ type }) => type)).toEqual([
    'register.imported',
    'register.imported',
    'register.import-undone',
    'register.import-undone',
  ]);
  expect(facts.rows.map(({ body }) => body).join('')).not.toMatch(/合成|540200/);
  const audit = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 50 });
  expect(new Set(audit.map(({ what }) => what))).toEqual(
    new Set(['imports.begin', 'imports.apply', 'imports.undo']),
  );
  const list = await console.call({ url: '/api/imports', cookie });
  expect(list.json<Page<ImportView>>().items).toMatchObject([
    { kind: 'members', state: 'undone' },
    { kind: 'organisations', state: 'undone' },
  ]);
});

test('wrong rows are named by row and column in Chinese and English, nothing is applied, and the errors can be taken away', async () => {
  await applied('organisations', [topCells, organisationCells('B1', {})]);
  const before = await registerSums(imports.console);
  const right = memberCells(11);
  const file = await workbookOf('members', [
    right,
    memberCells(12, { 姓名: { formula: 'A1', result: '甲' } }),
    memberCells(13, { 公民身份号码: Number('540200198005060131') }),
    memberCells(14, { 公民身份号码: '540200800506014' }),
    memberCells(15, { 出生日期: '1980-05-07', 性别: '女' }),
    memberCells(16, { 入党日期: '1998-05-05', 学历: '博士后' }),
    memberCells(17, { 组织代码: 'NONE', 转入: null }),
    memberCells(11),
    memberCells(18, { 姓名: null, 入党日期: '2001-02-30' }),
    memberCells(19, { 入党日期: '2026-11-24' }),
    memberCells(20, { 转入: '是' }),
    memberCells(21, { 公民身份号码: `${syntheticNumber('1980-05-06', 21).slice(0, 17)}?` }),
    memberCells(22, { 出生日期: '1980-13-06' }),
  ]);
  const checked = await imports.check('members', file);
  expect(checked).toMatchObject({ state: 'checked', toAdd: 0, wrong: 13, rowsTotal: 13 });
  const said = (await imports.errors(checked.importId)).flatMap(({ faults }) =>
    faults.map((fault) => `${fault.row}${fault.column ?? ''} ${fault.code}`),
  );
  expect(said).toEqual([
    '2C duplicate-in-file',
    '3A formula',
    '4C number-not-text',
    '5C id-number-old',
    '6D birth-date-differs',
    '6B sex-differs',
    '7E unknown-word',
    '7F joined-too-young',
    '8H unknown-organisation',
    '9C duplicate-in-file',
    '10A required',
    '10F bad-date',
    '11F future-date',
    '12I not-a-transfer',
    '13C id-number-form',
    '14D bad-date',
  ]);
  expect(await imports.step(checked.importId, 'apply')).toBe('import-has-errors');
  expect(await registerSums(imports.console)).toEqual(before);

  const { console, cookie } = imports;
  const url = `/api/imports/${checked.importId}/errors.xlsx`;
  const download = await console.call({ url, cookie });
  expect(download.statusCode).toBe(200);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(download.rawPayload as unknown as ExcelJS.Buffer); // Typed for an older Buffer.
  const lines = book.worksheets[0]?.getSheetValues() ?? [];
  expect(lines[2]).toEqual([
    undefined,
    2,
    'C',
    '公民身份号码',
    '与第 9 行重复。',
    'This is the same as row 9.',
  ]);
  const stored = await console.store.pool.query<{ text: string }>(
    'select string_agg(r::text, chr(10)) as text from import_row r',
  );
  expect(stored.rows[0]?.text).not.toContain('540200');
});

test('a member of another organisation moves only where the row says so; of another region not at all', async () => {
  const { console } = imports;
  const file = (rows: Parameters<typeof workbookOf>[1]) => workbookOf('members', rows);
  await applied('organisations', [
    topCells,
    organisationCells('B1'),
    organisationCells('C1', { 区划代码: '540221' }),
  ]);
  await applied('members', [memberCells(31, { 组织代码: 'B1' })]);
  const moved = memberCells(31, { 组织代码: 'C1' });
  const silent = await imports.check('members', await file([moved]));
  const [row] = await imports.errors(silent.importId);
  expect(row?.faults).toMatchObject([{ code: 'member-elsewhere', params: { code: 'B1' } }]);

  const county = await console.enter(['registrar'], '540221');
  const transfer = memberCells(31, { 组织代码: 'C1', 转入: '是' });
  const outside = await imports.check('members', await file([transfer]), county);
  const [refused] = await imports.errors(outside.importId);
  expect(refused?.faults).toMatchObject([{ code: 'member-outside-scope', params: {} }]);
  const elsewhere = memberCells(32, { 组织代码: 'B1' });
  const beside = await imports.check('members', await file([elsewhere]), county);
  const [far] = await imports.errors(beside.importId);
  expect(far?.faults).toMatchObject([{ code: 'organisation-outside-scope' }]);

  const before = await registerSums(console);
  const checked = await imports.check('members', await file([transfer, memberCells(33)]));
  expect(checked).toMatchObject({ toAdd: 1, toChange: 1, wrong: 0 });
  await imports.step(checked.importId, 'apply');
  const again = await imports.check('members', await file([moved, memberCells(33)]));
  expect(again).toMatchObject({ toAdd: 0, toChange: 0, same: 2, wrong: 0 });
  expect(await imports.step(checked.importId, 'undo')).toMatchObject({ state: 'undone' });
  expect(await registerSums(console)).toEqual(before);
});

test('organisations are refused for a ring, a ninth level, a lost parent, a twin and a place outside', async () => {
  const chain = Array.from({ length: 8 }, (_, index) =>
    organisationCells(`D${index}`, { 上级组织代码: index === 0 ? 'P' : `D${index - 1}` }),
  );
  const file = await workbookOf('organisations', [
    organisationCells('R1', { 上级组织代码: 'R2' }),
    organisationCells('R2', { 上级组织代码: 'R1' }),
    organisationCells('L1', { 上级组织代码: 'LOST' }),
    organisationCells('T1'),
    organisationCells('T1'),
    organisationCells('Q1', { 上级组织代码: null }),
    organisationCells('X1', { 区划代码: '540299' }),
    organisationCells('坏', { 组织类型: '小组', 成立日期: '2030-01-01' }),
    ...chain,
  ]);
  const checked = await imports.check('organisations', file);
  const said = (await imports.errors(checked.importId)).flatMap(({ faults }) =>
    faults.map((fault) => `${fault.row}${fault.column ?? ''} ${fault.code}`),
  );
  expect(said).toEqual([
    '2D parent-ring',
    '3D parent-ring',
    '4D unknown-parent',
    '5A duplicate-in-file',
    '6A duplicate-in-file',
    '7D parent-required',
    '8E unknown-region',
    '9A bad-code',
    '9C unknown-word',
    '9G future-date',
    '17D too-deep',
  ]);
  const county = await imports.console.enter(['registrar'], '540221');
  const outside = await workbookOf('organisations', [organisationCells('Y1')]);
  const refused = await imports.check('organisations', outside, county);
  const [row] = await imports.errors(refused.importId);
  expect(row?.faults).toMatchObject([{ code: 'region-outside-scope', row: 2, column: 'E' }]);
});

test('a repeated upload begins one import; a discarded one leaves no row; others of a region do not see it', async () => {
  const { console, cookie, upload } = imports;
  const file = await workbookOf('members', [memberCells(41)]);
  const key = randomUUID();
  const [one, two] = [
    await upload('members', file, { key }),
    await upload('members', file, { key }),
  ];
  expect(two.body).toBe(one.body);
  const { importId } = one.json<{ importId: string }>();
  const url = `/api/imports/${importId}`;
  expect(await imports.settled(importId)).toMatchObject({ state: 'checked' });
  const township = await console.enter(['registrar'], '540202200');
  expect(problemOf(await console.call({ url, cookie: township }))).toBe('outside-scope');
  const discard = await console.call({ method: 'DELETE', url, cookie });
  expect(discard.statusCode).toBe(201);
  expect((await imports.view(importId)).state).toBe('discarded');
  const { rowCount } = await console.store.pool.query(
    'select from import_row where import_id = $1',
    [importId],
  );
  expect(rowCount).toBe(0);
  expect(await imports.step(importId, 'apply')).toBe('import-state');
});

test('the template is an empty workbook that the reader takes, with an example beside it', async () => {
  const { console, cookie } = imports;
  for (const kind of ['organisations', 'members'] as const) {
    const url = `/api/imports/template.xlsx?kind=${kind}`;
    const reply = await console.call({ url, cookie });
    const checked = await imports.check(kind, reply.rawPayload);
    expect(checked.faults).toMatchObject([{ code: 'no-rows' }]);
  }
});
