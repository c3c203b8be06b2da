import { randomUUID } from 'node:crypto';
import { workbookType, type RosterImportReply, type VillageRosterView } from '@sightline/contracts';
import { addPeople } from '@sightline/store';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const [one, two] = ['540235100201', '540235100202'];
const township = '540235100';
const people = Array.from({ length: 3 }, () => randomUUID());
const names = ['扎西', '=扎西', '扎西'];

let console: TestConsole;
let officer = '';
beforeAll(async () => {
  console = await openTestConsole();
  const { store, clock } = console;
  const rows = people.map((personId, n) => ({
    personId,
    region: one,
    name: names[n] ?? '',
    post: '',
  }));
  expect(await addPeople(store, rows, { now: clock.now, actor: 'system:test' })).toBeNull();
  officer = await console.enter(['registrar'], township);
});
afterAll(() => console[Symbol.asyncDispose]());

const month = async () => {
  const url = `/api/villages/${one}/roster?month=2026-12&purpose=roster-upkeep`;
  return (await console.call({ url, cookie: officer })).json<VillageRosterView>();
};
async function download(): Promise<exceljs.Workbook> {
  const url = `/api/export/rosters.xlsx?region=${township}&month=2026-12&purpose=roster-upkeep`;
  const reply = await console.call({ url, cookie: officer });
  expect(reply.statusCode).toBe(200);
  const workbook = new exceljs.Workbook();
  // Its types know the browser's bytes alone.
  await workbook.xlsx.load(reply.rawPayload as unknown as ArrayBuffer);
  return workbook;
}
function sheetOf(workbook: exceljs.Workbook): exceljs.Worksheet {
  const found = workbook.worksheets.find(({ name }) => name.startsWith(one));
  if (found === undefined) throw new Error(`There is no sheet of ${one}.`);
  return found;
}
async function upload(workbook: exceljs.Workbook, query: string) {
  const payload = Buffer.from(await workbook.xlsx.writeBuffer());
  return console.app.inject({
    method: 'POST',
    url: `/api/rosters/import?region=${township}&${query}`,
    headers: {
      host: 'localhost:7400',
      origin: 'http://localhost:7400',
      cookie: officer,
      'content-type': workbookType,
      'idempotency-key': randomUUID(),
    },
    payload,
  });
}
const slots = people.map((personId, n) => ({
  post: 'watch' as const,
  shift: `2026-12-0${n + 1}/night`,
  personId,
  fallbackId: people[(n + 1) % 3] ?? null,
}));

test('a month goes out to a workbook, a sheet a village, and comes in again as it was', async () => {
  const url = `/api/villages/${one}/roster/edit`;
  const edit = { method: 'POST', url, cookie: officer, body: { position: 0, slots } } as const;
  expect((await console.call(edit)).statusCode).toBe(201);
  const workbook = await download();
  expect(workbook.worksheets.map(({ name }) => name.slice(0, 12))).toEqual(
    expect.arrayContaining([one, two]),
  );
  const sheet = sheetOf(workbook);
  expect(sheet.rowCount).toBe(32);
  const texts = (sheet.getRow(2).values as unknown[]).filter((value) => value !== '');
  expect(texts).toEqual(expect.arrayContaining(['2026-12-01', '扎西#1']));
  const tried = (await upload(workbook, 'apply=false')).json<RosterImportReply>();
  expect(tried.faults).toEqual([]);
  expect(tried.villages.every(({ changed }) => changed === 0)).toBe(true);
});

test('a changed sheet is tried and then applied as shown; rows that are wrong are named', async () => {
  const workbook = await download();
  const sheet = sheetOf(workbook);
  const column = (text: string) =>
    (sheet.getRow(1).values as string[]).findIndex((header) => header?.includes(text));
  sheet.getRow(5).getCell(column('watch day')).value = '扎西#3';
  const wrong = await download();
  sheetOf(wrong).getRow(6).getCell(column('lead night')).value = '不认识';
  const faulty = (await upload(wrong, 'apply=false')).json<RosterImportReply>();
  expect(faulty.villages).toEqual([]);
  expect(faulty.faults).toMatchObject([
    { row: 6, code: 'unknown-person', header: '带班夜班 lead night', params: { value: '不认识' } },
  ]);
  expect(problemOf(await upload(wrong, `apply=true&digest=${faulty.digest}`))).toBe(
    'workbook-wrong',
  );

  const tried = (await upload(workbook, 'apply=false')).json<RosterImportReply>();
  expect(tried.villages.find(({ region }) => region === one)).toMatchObject({ changed: 1 });
  expect((await month()).slots).toHaveLength(3);
  const other = `apply=true&digest=${'A'.repeat(43)}`;
  expect(problemOf(await upload(workbook, other))).toBe('looked-different');
  expect((await upload(workbook, `apply=true&digest=${tried.digest}`)).statusCode).toBe(201);
  const { slots: now, undo } = await month();
  expect(undo?.why).toBe('imported');
  expect(now.find(({ shift }) => shift === '2026-12-04/day')).toMatchObject({
    personId: people[2],
  });
});

test('what is no workbook, too large or for a whole county is refused before anything is read', async () => {
  const headers = {
    host: 'localhost:7400',
    origin: 'http://localhost:7400',
    cookie: officer,
    'content-type': workbookType,
  };
  const send = (payload: Buffer) =>
    console.app.inject({
      method: 'POST',
      url: `/api/rosters/import?region=${one}&apply=false`,
      headers,
      payload,
    });
  expect((await send(Buffer.from('no zip'))).json<RosterImportReply>().faults[0]?.code).toBe(
    'not-a-workbook',
  );
  expect((await send(Buffer.alloc(1024 * 1024 + 1))).statusCode).toBe(413);
  const county = await console.enter(['registrar'], '540235');
  const url = '/api/export/rosters.xlsx?month=2026-12&purpose=roster-upkeep';
  expect(problemOf(await console.call({ url, cookie: county }))).toBe('too-wide');
});
