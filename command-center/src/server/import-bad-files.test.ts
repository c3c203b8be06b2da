import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { deflateRawSync } from 'node:zlib';
import { workbookType } from '@sightline/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { checkFile } from '#register-import/import-file.ts';
import { openVault } from '#register-import/open-vault.ts';
import {
  headersOf,
  memberCells,
  openTestImports,
  registerSums,
  topCells,
  workbookOf,
  type TestImports,
} from '#register-import/testing-imports.ts';
import { editZip, zipOf } from '#register-import/testing-zip.ts';
import { problemOf } from './testing-console.ts';

// A thread is started for each file, on a machine that others use too.
vi.setConfig({ testTimeout: 180_000 });

let imports: TestImports;
let before: Record<string, string>;
beforeAll(async () => {
  imports = await openTestImports();
  const file = await workbookOf('organisations', [topCells]);
  const { importId } = await imports.check('organisations', file);
  await imports.step(importId, 'apply');
});
afterAll(() => imports[Symbol.asyncDispose]());
beforeEach(async () => {
  before = await registerSums(imports.console);
});
// Whatever the file was: nothing of the register was changed, and nothing of it stayed behind.
afterEach(async () => {
  expect(await registerSums(imports.console)).toEqual(before);
  const staged = await imports.console.store.pool.query(
    `select from import_row join import using (import_id) where state = 'failed'`,
  );
  expect(staged.rowCount).toBe(0);
});

/**
 * What is said of a file that is refused as a whole: `row column code params`. Read by the function that
 * the server's thread calls, without a thread for each.
 */
async function refusedFor(file: Buffer): Promise<string[]> {
  const { console, keyFile } = imports;
  const asked = { kind: 'members', file, fileName: 'a.xlsx', region: '5402' } as const;
  const view = await checkFile(console.store, openVault(keyFile), {
    ...asked,
    actor: 'system:test',
    now: () => console.clock.now,
  });
  expect(view.state).toBe('failed');
  expect(await imports.step(view.importId, 'apply')).toBe('import-state');
  return view.faults.map(({ row, column, code, params }) =>
    [row ?? '-', column ?? '-', code, ...Object.values(params)].join(' '),
  );
}

const right = () => workbookOf('members', [memberCells(1)]);

test('a workbook without the sheet is told which it needs and which it has, by the route too', async () => {
  const file = await workbookOf('members', [memberCells(1)], { sheet: '名单' });
  expect(await imports.check('members', file)).toMatchObject({
    state: 'failed',
    faults: [{ code: 'wrong-sheet', params: { expected: '党员', found: '名单' } }],
  });
  expect(await refusedFor(file)).toEqual(['- - wrong-sheet 名单 党员']);
});

test('unknown, missing and doubled columns are named with their letters, all at once', async () => {
  const headers = headersOf('members').map((header) => (header === '学历' ? '文化程度' : header));
  const file = await workbookOf('members', [memberCells(1)], { headers: [...headers, '姓名'] });
  expect(await refusedFor(file)).toEqual([
    '1 E unknown-column 文化程度',
    '1 - missing-column 学历',
    '1 A twice-column 姓名',
  ]);
});

test('columns may stand in any order', async () => {
  const headers = headersOf('members').toReversed();
  const file = await workbookOf('members', [memberCells(1).toReversed()], { headers });
  expect(await imports.check('members', file)).toMatchObject({ state: 'checked', toAdd: 1 });
});

test('merged cells are refused by the row and column they begin in', async () => {
  const shape = (sheet: { mergeCells: (range: string) => void }) => sheet.mergeCells('A3:B4');
  const rows = [memberCells(1), memberCells(2), memberCells(3)];
  expect(await refusedFor(await workbookOf('members', rows, { shape }))).toEqual([
    '3 A merged-cells A3:B4',
  ]);
});

test('macros, a password, an old format, a csv by another name, nothing at all: each is told its remedy', async () => {
  const macros = await editZip(await right(), { 'xl/vbaProject.bin': Buffer.from('macro') });
  expect(await refusedFor(macros)).toEqual(['- - macros xl/vbaProject.bin']);
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
  expect(await refusedFor(compound)).toEqual(['- - not-a-workbook']);
  const sealed = Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]);
  expect(await refusedFor(sealed)).toEqual(['- - encrypted']);
  expect(await refusedFor(Buffer.from('姓名,性别\n甲,男\n'))).toEqual(['- - not-a-workbook']);
  expect(await refusedFor(Buffer.alloc(0))).toEqual(['- - not-a-workbook']);
  const other = zipOf({ 'word/document.xml': Buffer.from('<w/>') });
  expect(await refusedFor(other)).toEqual(['- - not-a-workbook']);
  expect(await refusedFor(await workbookOf('members', []))).toEqual(['- - no-rows']);
});

test('a truncated file, a flipped byte and a sheet cut short are damaged files', async () => {
  const whole = await right();
  expect(await refusedFor(whole.subarray(0, whole.length - 40))).toEqual(['- - damaged zip']);
  const cut = await editZip(whole, {
    'xl/worksheets/sheet1.xml': (text) => text.slice(0, text.indexOf('</sheetData>')),
  });
  expect(await refusedFor(cut)).toEqual(['- - damaged xl/worksheets/sheet1.xml']);
  const wrongSum = await editZip(whole, {}, { spoilSumOf: 'xl/sharedStrings.xml' });
  expect(await refusedFor(wrongSum)).toEqual(['- - damaged xl/sharedStrings.xml']);
});

test('a zip bomb is refused by what it lists, and one that lies about its size while it unpacks', async () => {
  const zeros = Buffer.alloc(64 * 1024 * 1024, ' ');
  const bomb = await editZip(await right(), { 'xl/worksheets/sheet1.xml': zeros });
  const packed = deflateRawSync(zeros).length;
  expect(await refusedFor(bomb)).toEqual([
    `- - too-large-inside xl/worksheets/sheet1.xml 100 × ${packed}`,
  ]);
  const liar = await editZip(bomb, {}, { claim: { 'xl/worksheets/sheet1.xml': 4_096 } });
  expect(await refusedFor(liar)).toEqual(['- - damaged xl/worksheets/sheet1.xml']);
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`docProps/${index}.xml`, Buffer.from('<a/>')]),
  );
  expect(await refusedFor(await editZip(await right(), many))).toEqual([
    '- - too-large-inside zip 256',
  ]);
});

test('phonetic guides and texts of mixed formats inside cells are refused, not read wrongly', async () => {
  const guides = await editZip(await right(), {
    'xl/sharedStrings.xml': (text) =>
      text.replace('</si>', '<rPh sb="0" eb="1"><t>he</t></rPh></si>'),
  });
  expect(await refusedFor(guides)).toEqual(['- - phonetic']);
  const mixed = await editZip(await right(), {
    'xl/worksheets/sheet1.xml': (text) =>
      text.replace(
        /<c r="A2"[^>]*>.*?<\/c>/,
        '<c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>',
      ),
  });
  expect(await refusedFor(mixed)).toEqual(['- - rich-text-inside']);
});

test('a hundred megabytes are refused by their length, and cut off where they do not tell it', async () => {
  const { upload, console } = imports;
  const begun = async () => (await console.store.pool.query('select from import')).rowCount;
  const count = await begun();
  const hundred = Buffer.alloc(100 * 1024 * 1024);
  const told = await upload('members', hundred);
  expect([told.statusCode, problemOf(told)]).toEqual([413, 'too-large']);
  if (!console.app.server.listening) await console.app.listen({ host: '127.0.0.1', port: 0 });
  const sent = await streamUntilCut(imports);
  // A line that is cut while it is still written to may lose the answer on it.
  expect([413, null]).toContain(sent.status);
  expect(sent.megabytes).toBeLessThan(100);
  expect(await begun()).toBe(count);
});

/** Resolves when more may be written, or never will be. */
const drained = (sending: ClientRequest) => once(sending, 'drain').catch(() => undefined);

/** Sends 100 MB without saying so, for as long as somebody takes it. */
async function streamUntilCut({ console, cookie }: TestImports) {
  const address = console.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const sending = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/imports?kind=members',
    headers: {
      host: `localhost:${port}`,
      origin: `http://localhost:${port}`,
      cookie,
      'idempotency-key': '3b0e6f0a-7f0c-4a53-9a8e-0f0d5b7a9c11',
      'content-type': workbookType,
    },
  });
  sending.on('error', () => undefined); // Cut off, as it should be.
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>; // Its only argument.
  const status = answered.then(
    ([response]) => {
      response.resume();
      return response.statusCode;
    },
    () => null,
  );
  const piece = Buffer.alloc(1024 * 1024);
  let megabytes = 0;
  let isCut = false;
  void status.then(() => (isCut = true));
  while (!isCut && megabytes < 100) {
    megabytes += 1;
    if (!sending.write(piece)) await Promise.race([drained(sending), status]);
  }
  const answer = await status;
  sending.destroy();
  return { status: answer, megabytes };
}
