import { randomUUID } from 'node:crypto';
import type { LedgerFigures, LedgerHint, LedgerRow, Page } from '@sightline/contracts';
import { addPeople, listAudit } from '@sightline/store';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillLedger } from '#testing/fill-ledger.ts';
import { openTestConsole, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const period = 'region=540235&from=2026-11-01&to=2026-11-23';
const [first, second] = [randomUUID(), randomUUID()];

let console: TestConsole;
let dispatcher: string;
beforeAll(async () => {
  console = await openTestConsole();
  const { store, clock } = console;
  const people = [first, second].map((personId, index) => ({
    personId,
    region: village,
    post: '委员',
    name: index === 0 ? '扎西' : '卓玛',
  }));
  await addPeople(store, people, { now: clock.now, actor: 'system:test' });
  await fillLedger(store, {
    regions: [village],
    people: [first, second],
    day: '2026-11-01',
    days: 23,
  });
  dispatcher = await console.enter(['dispatcher'], '5402');
});
afterAll(() => console[Symbol.asyncDispose]());

async function pageAt<T>(url: string, cookie = dispatcher): Promise<T> {
  const reply = await console.call({ url, cookie });
  expect(reply.statusCode).toBe(200);
  return reply.json<T>();
}

/** A day as it went: its day before its night, 带班 before 值班 before 备勤. */
const wholeDay = ['day', 'night'].flatMap((span) =>
  ['lead', 'watch', 'standby'].map((post) => `${span} ${post}`),
);

test('the pages of the ledger give every duty once, the newest day first and a day as it went, and each reading is on record', async () => {
  const rows: LedgerRow[] = [];
  for (let after: string | null = ''; after !== null;) {
    const more: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const page: Page<LedgerRow> = await pageAt(`/api/ledger?${period}&purpose=duty-watch${more}`);
    rows.push(...page.items);
    after = page.next;
  }
  expect(rows).toHaveLength(23 * 3 * 2);
  const keys = rows.map(({ startsAt, post }) => `${startsAt} ${post}`);
  expect(new Set(keys).size).toBe(keys.length);
  const days = rows.map(({ day }) => day);
  expect(days).toEqual(days.toSorted().toReversed());
  const firstDay = rows.filter(({ day }) => day === days[0]);
  expect(firstDay.map(({ span, post }) => `${span} ${post}`)).toEqual(wholeDay);
  expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['扎西', '卓玛']));
  const audit = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 1 });
  expect(audit[0]).toMatchObject({ what: 'ledger.read', purpose: 'duty-watch', region: '540235' });
});

test('a filter shows one finding or one post; a period that is none is refused', async () => {
  const late = await pageAt<Page<LedgerRow>>(
    `/api/ledger?${period}&purpose=duty-watch&verdict=late&post=watch`,
  );
  expect(late.items.length).toBeGreaterThan(0);
  expect(new Set(late.items.map(({ verdict, post }) => `${verdict} ${post}`))).toEqual(
    new Set(['late watch']),
  );
  for (const days of ['from=2026-11-02&to=2026-11-01', 'from=2024-01-01&to=2026-01-01', 'from=x']) {
    const url = `/api/ledger?region=540235&${days}&purpose=duty-watch`;
    expect((await console.call({ url, cookie: dispatcher })).statusCode).toBe(400);
  }
});

test('figures are for everybody, name nobody, and agree with the rows; places come by code', async () => {
  const viewer = await console.enter(['viewer'], '540235');
  const figures = await pageAt<LedgerFigures>(`/api/ledger/figures?${period}`, viewer);
  const { verdicts } = figures.whole;
  expect(Object.values(verdicts).reduce((sum, count) => sum + count, 0)).toBe(23 * 3 * 2);
  expect(figures.byDay).toHaveLength(23);
  expect(figures.byRegion.map(({ of }) => of)).toEqual(['540235100']);
  expect(JSON.stringify(figures)).not.toContain(first);
  const names = await console.call({
    url: `/api/ledger?${period}&purpose=duty-watch`,
    cookie: viewer,
  });
  expect(names.statusCode).toBe(403);
});

test('several people within a minute by PIN alone, twice the same face and one person on two posts are to be reviewed', async () => {
  await console.store.pool.query(
    `insert into check_in (id, position, at, effective_at, certain, received_at, region, terminal_id,
       person_id, shift, said_shift, method, simulated, world, source, boot_id, uptime_ms, face_figures)
     select gen_random_uuid(), n, t, t, true, t, $1, 't-1', p, '', '', m, false, 'actual', 's',
       gen_random_uuid(), 0, f
     from (values (1, timestamptz '2026-11-20T00:00:00Z', $2::uuid, 'pin', null),
                  (2, timestamptz '2026-11-20T00:00:59Z', $3::uuid, 'pin', null),
                  (3, timestamptz '2026-11-20T00:02:00Z', $2::uuid, 'pin', null),
                  (4, timestamptz '2026-11-20T05:00:00Z', $2::uuid, 'face', '0.8/0.4/0.9'),
                  (5, timestamptz '2026-11-21T05:00:00Z', $2::uuid, 'face', '0.8/0.4/0.9')) as c (n, t, p, m, f)`,
    [village, first, second],
  );
  const hints = await pageAt<LedgerHint[]>(
    '/api/ledger/hints?region=540235&from=2026-11-20&to=2026-11-20&purpose=duty-watch',
  );
  const said = hints.map(
    ({ kind, people }) => `${kind} ${people.map(({ name }) => name).join(' ')}`,
  );
  expect(said.filter((each) => each.startsWith('together'))).toEqual(['together 扎西 卓玛']);
  expect(said.filter((each) => each.startsWith('same'))).toEqual([]);
  const both = await pageAt<LedgerHint[]>(
    '/api/ledger/hints?region=540235&from=2026-11-20&to=2026-11-21&purpose=duty-watch',
  );
  expect(both.filter(({ kind }) => kind === 'same-figures')).toHaveLength(1);
  expect(both.some(({ kind }) => kind === 'two-posts')).toBe(true);
});

test('the ledger opens as a workbook with the time on the wall of the village', async () => {
  const url = `/api/export/ledger.xlsx?${period}&purpose=duty-watch`;
  const reply = await console.call({ url, cookie: dispatcher });
  expect(reply.headers['content-disposition']).toContain(
    'ledger-540235-2026-11-01-2026-11-23.xlsx',
  );
  const workbook = new exceljs.Workbook();
  // exceljs declares an older Buffer than Node's own.
  await workbook.xlsx.load(reply.rawPayload as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const [sheet] = workbook.worksheets;
  expect(sheet?.rowCount).toBe(1 + 23 * 3 * 2);
  // In the order of the page.
  expect(JSON.stringify(sheet?.getRow(2).values)).toContain('带班');
  expect(JSON.stringify(sheet?.getRow(2).values)).toContain('2026-11-23 08:00');
  expect(JSON.stringify(sheet?.getRow(7).values)).toContain('2026-11-23 20:00');
});
