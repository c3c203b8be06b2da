import { randomUUID } from 'node:crypto';
import { addPeople, createTerminals, listAudit } from '@sightline/store';
import exceljs from 'exceljs';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportRows } from '#domain/export-cell.ts';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';

let console: TestConsole;
let registrar: string;
beforeAll(async () => {
  console = await openTestConsole();
  const { store, clock } = console;
  const change = { now: clock.now, actor: 'system:test' };
  const people = ['=HYPERLINK("http://x")', '扎西'].map((name) => ({
    personId: randomUUID(),
    region: village,
    name,
    post: '@委员',
  }));
  await addPeople(store, people, change);
  // More than one page of the store.
  const terminals = Array.from({ length: 700 }, (_, index) => ({
    terminalId: `t-${String(index).padStart(4, '0')}`,
    region: village,
    simulated: true,
  }));
  await createTerminals(store, terminals);
  registrar = await console.enter(['registrar'], '5402');
});
afterAll(() => console[Symbol.asyncDispose]());

async function sheetOf(reply: LightMyRequestResponse): Promise<string[][]> {
  const workbook = new exceljs.Workbook();
  // exceljs declares an older Buffer than Node's own.
  await workbook.xlsx.load(reply.rawPayload as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const rows: string[][] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    // The first place of exceljs's values is never used.
    rows.push((row.values as unknown[]).slice(1).map(String));
  });
  return rows;
}

test('a list opens as a workbook: every row of every page, codes as text, with a name of its own', async () => {
  const url = `/api/export/terminals.xlsx?region=${village}`;
  const reply = await console.call({ url, cookie: registrar });
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['content-disposition']).toBe(
    `attachment; filename="terminals-${village}.xlsx"`,
  );
  const [head, ...rows] = await sheetOf(reply);
  expect(head?.slice(0, 3)).toEqual(['终端 Terminal', '区划代码 Region', '地区 Place']);
  expect(rows).toHaveLength(700);
  expect(rows.at(-1)?.slice(0, 3)).toEqual(['t-0699', village, '聂拉木县 聂拉木镇 宗塔村']);
});

test('the same as plain text, for lists that name nobody', async () => {
  const url = '/api/export/villages.csv?region=540235100';
  const reply = await console.call({ url, cookie: registrar });
  const [head = '', first = ''] = reply.body.split('\r\n');
  expect(head).toMatch(/^\uFEFF区划代码 Region,地区 Place,/);
  expect(first).toMatch(/^540235100\d{3},聂拉木县 聂拉木镇 .+,未配备 not equipped,/);
  const people = `/api/export/villages/${village}/people.csv?purpose=duty-watch`;
  expect((await console.call({ url: people, cookie: registrar })).statusCode).toBe(404);
});

test('names leave with an audit row before them, and never as a formula', async () => {
  const url = `/api/export/villages/${village}/people.xlsx`;
  const without = await console.call({ url, cookie: registrar });
  expect([without.statusCode, problemOf(without)]).toEqual([400, 'malformed']);
  const reply = await console.call({ url: `${url}?purpose=duty-watch`, cookie: registrar });
  const rows = await sheetOf(reply);
  expect(rows.slice(1).map(([name, post]) => [name, post])).toEqual([
    [`'=HYPERLINK("http://x")`, `'@委员`],
    ['扎西', `'@委员`],
  ]);
  const [row] = await listAudit(console.store.pool, { scope: village, before: null, limit: 1 });
  expect(row).toMatchObject({ what: 'people.export', purpose: 'duty-watch', region: village });
});

test('the audit leaves as it is filtered, and the leaving is on record', async () => {
  const auditor = await console.enter(['audit-administrator'], '5402');
  const url = '/api/export/audit.xlsx?what=people.export';
  const rows = await sheetOf(await console.call({ url, cookie: auditor }));
  expect(rows.slice(1).map((row) => row[3])).toEqual(['people.export']);
  const [row] = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 1 });
  expect(row?.what).toBe('audit.export');
});

test('a filter that can be none is refused in words', async () => {
  const auditor = await console.enter(['audit-administrator'], '5402');
  for (const query of ['from=2026-02-30', 'who=%3Cscript%3E', 'what=a&what=b']) {
    const reply = await console.call({ url: `/api/audit?${query}`, cookie: auditor });
    expect([query, reply.statusCode]).toEqual([query, 400]);
  }
});

test('the list is as the page has it: who may not see it does not take it, and a region narrows it', async () => {
  const township = await console.enter(['dispatcher'], '540221100');
  const url = `/api/export/terminals.xlsx?region=${village}`;
  expect((await console.call({ url, cookie: township })).statusCode).toBe(403);
  const own = await console.call({ url: '/api/export/terminals.xlsx', cookie: township });
  expect(await sheetOf(own)).toHaveLength(1);
  const audit = await console.call({ url: '/api/export/audit.xlsx', cookie: registrar });
  expect([audit.statusCode, problemOf(audit)]).toEqual([403, 'role']);
});

test('data quality is counted, listed and taken out by one rule', async () => {
  const counts = await console.call({ url: '/api/quality?region=540235', cookie: registrar });
  const check = 'people-without-post';
  expect(counts.json<{ check: string; count: number }[]>()).toContainEqual({
    check: 'people-without-terminal',
    count: 0,
    byRegion: [],
  });
  const list = await console.call({ url: `/api/quality/${check}`, cookie: registrar });
  expect(list.json()).toEqual({ items: [], next: null });
  const url = `/api/export/quality.csv?check=${check}`;
  expect((await console.call({ url, cookie: registrar })).body.split('\r\n')).toHaveLength(2);
  const none = await console.call({ url: '/api/quality/nothing', cookie: registrar });
  expect(none.statusCode).toBe(404);
  expect(exportRows).toBeGreaterThan(80_000);
});
