import { randomUUID } from 'node:crypto';
import { addPeople, createTerminals, listAudit, raiseComplaint } from '@sightline/store';
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

test('complaints leave as they are listed: not those about the reader, and nothing that was written', async () => {
  const { store, clock, call, enter } = console;
  const officer = await enter(['dispatcher'], '540235');
  const { login } = (await call({ url: '/api/me', cookie: officer })).json<{ login: string }>();
  const raise = (region: string, about = '') =>
    raiseComplaint(
      store,
      {
        complaintId: randomUUID(),
        kind: 'complaint',
        sentences: ['terminal-broken', 'please-call'],
        text: '灯坏了',
        contact: '13800000000',
        ...(about === '' ? {} : { aboutLogin: about }),
        region,
        origin: 'kiosk',
      },
      clock.now,
    );
  await raise(village);
  await raise(village, login);
  await raise('540221100001');
  const url = '/api/export/complaints.xlsx?show=open';
  const without = await call({ url, cookie: officer });
  expect([without.statusCode, problemOf(without)]).toEqual([400, 'malformed']);
  const reply = await call({ url: `${url}&purpose=complaint`, cookie: officer });
  expect(reply.headers['content-disposition']).toContain('complaints-540235.xlsx');
  const [head, ...rows] = await sheetOf(reply);
  expect(head).toHaveLength(9);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.slice(0, 5)).toEqual([
    '投诉 complaint',
    '终端坏了 the terminal is broken；请来电话 please call us',
    '是 yes',
    village,
    '聂拉木县 聂拉木镇 宗塔村',
  ]);
  expect(rows[0]?.at(-1)).toBe('2026-11-30T04:00:00.000Z');
  expect(JSON.stringify(rows)).not.toMatch(/灯坏了|13800000000/);
  const [row] = await listAudit(store.pool, { scope: '540235', before: null, limit: 1 });
  expect(row).toMatchObject({ what: 'complaints.export', purpose: 'complaint', region: '540235' });
  await store.pool.query(`update complaint set state = 'answered' where region = $1`, [village]);
  const open = await call({ url: `${url}&purpose=complaint`, cookie: officer });
  expect(await sheetOf(open)).toHaveLength(1);
  const all = '/api/export/complaints.xlsx?show=all&purpose=complaint';
  const answered = await sheetOf(await call({ url: all, cookie: officer }));
  expect(answered.slice(1).map((line) => line.slice(7))).toEqual([['已答复 answered']]);
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
