import { randomUUID } from 'node:crypto';
import {
  shiftFromKey,
  type CorrectedDuty,
  type CorrectionView,
  type LedgerDutyView,
  type LedgerFigures,
  type LedgerRow,
  type Page,
} from '@sightline/contracts';
import { addPeople } from '@sightline/store';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillLedger } from '#testing/fill-ledger.ts';
import { openTestConsole, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const period = 'region=540235&from=2026-11-01&to=2026-11-10';
const [first, second] = [randomUUID(), randomUUID()];

let console: TestConsole;
let [one, two, three]: string[] = [];
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
  const owed = { regions: [village], people: [first, second], day: '2026-11-01', days: 10 };
  await fillLedger(store, owed);
  [one, two, three] = [
    await console.signIn(['dispatcher'], '540235'),
    await console.enter(['registrar'], '540235'),
    await console.enter(['dispatcher'], '5402'),
  ];
});
afterAll(() => console[Symbol.asyncDispose]());

const get = async <T>(url: string, cookie = one): Promise<T> => {
  const reply = await console.call({ url, ...(cookie === undefined ? {} : { cookie }) });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<T>();
};
const post = async (url: string, body: object, cookie = one) => {
  const reply = await console.call({
    method: 'POST',
    url: `/api/corrections/${url}`,
    body,
    ...(cookie === undefined ? {} : { cookie }),
  });
  const { code, state } = reply.json<{ code?: string; state?: string }>();
  return code ?? state;
};
const rowsOf = async (verdict: string) =>
  (await get<Page<LedgerRow>>(`/api/ledger?${period}&purpose=duty-watch&verdict=${verdict}`)).items;
const dutyOf = ({ post: at, day, span }: LedgerRow): CorrectedDuty => ({ post: at, day, span });
const look = (duty: CorrectedDuty) => {
  const { from } = shiftFromKey(`${duty.day}/${duty.span === 'night' ? 'night' : 'day'}`);
  const starts = from.toString({ smallestUnit: 'millisecond' });
  const query = `region=${village}&post=${duty.post}&starts=${starts}&purpose=duty-watch`;
  return get<LedgerDutyView>(`/api/ledger/duty?${query}`);
};
const openCases = async () =>
  (await get<Page<CorrectionView>>('/api/corrections?region=540235&purpose=duty-watch')).items;

test('an appeal noted at the console takes a proposal and a second person, and all of it stays to be seen', async () => {
  const [absent] = await rowsOf('absent');
  if (absent === undefined) throw new Error('Nobody was absent.');
  const duty = dutyOf(absent);
  const of = { region: village, correctionId: randomUUID(), duty, reason: 'terminal-broken' };
  expect(await post('appeal', { ...of, text: '摄像头坏了' })).toBe('appealed');
  expect(await openCases()).toMatchObject([{ state: 'appealed', found: 'absent' }]);
  expect(await post('propose', { ...of, verdict: 'on-time' }, two)).toBe('proposed');
  const decide = (cookie: string | undefined) =>
    post(`${of.correctionId}/decide`, { decision: 'approved' }, cookie);
  // Neither who noted the appeal nor who proposed.
  expect(await decide(one)).toBe('own-appeal');
  expect(await decide(two)).toBe('own-proposal');
  expect(await decide(three)).toBe('approved');
  expect(await decide(three)).toBe('already-decided');

  const { row, chain } = await look(duty);
  expect(row).toMatchObject({ verdict: 'absent', corrected: 'on-time', openCase: null });
  expect(chain).toMatchObject([
    {
      state: 'approved',
      appeal: { reason: 'terminal-broken', text: '摄像头坏了', isOwn: true, terminalId: null },
      proposal: { verdict: 'on-time', original: 'absent', isOwn: false },
      decision: { isOwn: false },
    },
  ]);
  const [only] = chain;
  // The account that went in by the page has a login; what is left out is said to be nobody's.
  expect(only?.appeal?.by).toEqual(expect.any(String));
  const figures = await get<LedgerFigures>(`/api/ledger/figures?${period}`);
  expect(figures.corrections).toEqual({
    openCases: 0,
    moved: [{ from: 'absent', to: 'on-time', duties: 1 }],
  });
  expect(figures.whole.verdicts.absent).toBe((await rowsOf('absent')).length);
});

test('a case that was refused stays so; the next one is a new case on top', async () => {
  const [late] = await rowsOf('late');
  if (late === undefined) throw new Error('Nobody was late.');
  const duty = dutyOf(late);
  const of = { region: village, correctionId: randomUUID(), duty, reason: 'on-leave' };
  expect(await post('propose', { ...of, verdict: 'late' })).toBe('same-verdict');
  expect(await post('propose', { ...of, verdict: 'stands' })).toBe('nothing-appealed');
  expect(await post('propose', { ...of, verdict: 'not-owed' })).toBe('proposed');
  const beside = { ...of, correctionId: randomUUID(), verdict: 'absent' };
  expect(await post('propose', beside)).toBe('case-open');
  expect(await post(`${of.correctionId}/decide`, { decision: 'refused' }, two)).toBe('refused');
  expect(await post('propose', { ...of, verdict: 'not-owed' })).toBe('already-decided');
  expect(await post('propose', beside)).toBe('proposed');
  const { row, chain } = await look(duty);
  expect(row).toMatchObject({ verdict: 'late', corrected: null, openCase: 'proposed' });
  expect(chain.map(({ state }) => state)).toEqual(['refused', 'proposed']);
});

test('a duty the ledger does not know is not appealed at the centre', async () => {
  const duty = { post: 'watch', day: '2026-12-24', span: 'day' };
  const of = { region: village, correctionId: randomUUID(), duty, reason: 'other', text: '' };
  expect(await post('appeal', of)).toBe('no-record');
  const outside = await console.enter(['dispatcher'], '540221');
  expect(await post('appeal', of, outside)).toBe('outside-scope');
});

test('the workbook has the finding and what it was corrected to in two columns', async () => {
  const url = `/api/export/ledger.xlsx?${period}&purpose=duty-watch`;
  const reply = await console.call({ url, ...(one === undefined ? {} : { cookie: one }) });
  const workbook = new exceljs.Workbook();
  // exceljs declares an older Buffer than Node's own.
  await workbook.xlsx.load(reply.rawPayload as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const rows = (workbook.worksheets[0]?.getSheetValues() ?? []).map((row) => JSON.stringify(row));
  expect(rows[1]).toContain('原结论 Finding","更正后结论 Corrected to');
  expect(rows.some((row) => row?.includes('"缺勤 absent","按时 on time"'))).toBe(true);
});
