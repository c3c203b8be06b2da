import { randomUUID } from 'node:crypto';
import type {
  ComplaintLine,
  ComplaintReceipt,
  ComplaintStanding,
  ComplaintView,
  Page,
  ReadingView,
} from '@sightline/contracts';
import { addPeople, issueViewerToken } from '@sightline/store';
import { expect, test } from 'vitest';
import { viewerCookie } from './read-viewer.ts';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const township = '540235100';

const said = (more: Record<string, unknown> = {}) => ({
  complaintId: randomUUID(),
  kind: 'complaint',
  sentences: ['too-many-checks'],
  text: '一天签到三次',
  contact: '',
  ...more,
});

let caller = 0;
/** Each from an address of its own: the rate is another test's. */
const address = () => `10.9.0.${(caller += 1)}`;

function desk(console: TestConsole) {
  const post = (url: string, cookie: string, body: unknown) =>
    console.call({ method: 'POST', url, cookie, body, address: address() });
  return {
    post,
    raise: (cookie: string, body: unknown = said()) => post('/api/complaints', cookie, body),
    list: async (cookie: string, query = '') =>
      (await console.call({ url: `/api/complaints?purpose=complaint${query}`, cookie })).json<
        Page<ComplaintLine>
      >().items,
    read: (cookie: string, id: string) =>
      console.call({ url: `/api/complaints/${id}?purpose=complaint`, cookie }),
    standing: async (cookie: string, receipt: string) =>
      (await post('/api/complaints/look-up', cookie, { receipt })).json<ComplaintStanding>(),
  };
}

async function loginOf({ call }: TestConsole, cookie: string): Promise<string> {
  return (await call({ url: '/api/me', cookie })).json<{ login: string }>().login;
}

async function auditText({ store }: TestConsole): Promise<string> {
  const { rows } = await store.pool.query<{ body: string }>('select body from audit order by seq');
  return rows.map(({ body }) => body).join('\n');
}

test('whoever raises a complaint stands in no audit row, no command and no fact', async () => {
  await using console = await openTestConsole();
  const { raise } = desk(console);
  const cookie = await console.enter(['viewer'], township);
  const before = await auditText(console);
  const reply = await raise(cookie);
  expect(reply.statusCode).toBe(201);
  expect(reply.json<ComplaintReceipt>()).toMatchObject({ answerDays: 7 });
  expect(reply.json<ComplaintReceipt>().receipt).toMatch(/^\d{9}$/);
  expect(await auditText(console)).toBe(before);
  const { rows } = await console.store.pool.query<{ text: string }>(
    'select body as text from log union all select command::text from command',
  );
  expect(rows.map(({ text }) => text).join()).not.toMatch(/account:|一天签到三次/);
});

test('sent again it is the same complaint; the same id for another is refused', async () => {
  await using console = await openTestConsole();
  const { raise, list } = desk(console);
  const cookie = await console.enter(['dispatcher'], township);
  const body = said();
  const replies = await Promise.all([
    raise(cookie, body),
    raise(cookie, body),
    raise(cookie, body),
  ]);
  expect(replies.map((reply) => reply.statusCode)).toEqual([201, 201, 201]);
  expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
  expect(problemOf(await raise(cookie, { ...body, text: '别的' }))).toBe('id-taken');
  expect(problemOf(await raise(cookie, said({ sentences: [], text: '  ' })))).toBe('nothing-said');
  expect((await raise(cookie, said({ sentences: ['no-such'] }))).statusCode).toBe(400);
  expect(await list(cookie)).toHaveLength(1);
});

test('it is taken up, answered, reopened once with its number, and answered again', async () => {
  await using console = await openTestConsole();
  const { raise, post, list, read, standing } = desk(console);
  const who = await console.enter(['viewer'], township);
  const officer = await console.enter(['registrar'], '540235');
  const officerLogin = await loginOf(console, officer);
  const { complaintId, receipt } = (await raise(who)).json<ComplaintReceipt>();
  expect(await standing(who, receipt)).toMatchObject({
    state: 'received',
    dueAt: '2026-11-30T04:00:00.000Z',
    mayReopen: false,
  });
  expect(problemOf(await post('/api/complaints/reopen', who, { receipt }))).toBe('not-answered');
  const url = `/api/complaints/${complaintId}`;
  expect((await post(`${url}/take-up`, officer, {})).statusCode).toBe(201);
  expect(problemOf(await post(`${url}/take-up`, officer, {}))).toBe('already-taken-up');
  expect((await post(`${url}/answer`, officer, { text: '以后只签一次。' })).statusCode).toBe(201);
  expect(problemOf(await post(`${url}/answer`, officer, { text: '再答' }))).toBe(
    'already-answered',
  );
  expect(await list(officer)).toEqual([]);
  expect(await list(officer, '&show=all')).toMatchObject([{ state: 'answered', dueAt: null }]);

  // Two days later, from whatever session: the number is all that is asked.
  console.clock.now = console.clock.now.add({ hours: 48 });
  const later = await console.enter(['viewer'], township);
  const boss = await console.enter(['dispatcher'], '5402');
  const reopened = await post('/api/complaints/reopen', later, { receipt });
  expect(reopened.json<ComplaintStanding>()).toMatchObject({
    state: 'reopened',
    dueAt: '2026-12-02T04:00:00.000Z',
    answers: [{ text: '以后只签一次。' }],
  });
  expect(problemOf(await post('/api/complaints/reopen', later, { receipt }))).toBe(
    'reopened-before',
  );
  await post(`${url}/answer`, boss, { text: '已改。' });
  expect(problemOf(await post('/api/complaints/reopen', later, { receipt }))).toBe(
    'reopened-before',
  );
  const whole = (await read(boss, complaintId)).json<ComplaintView>();
  expect(whole).toMatchObject({
    text: '一天签到三次',
    state: 'answered',
    answers: [{ text: '以后只签一次。' }, { text: '已改。' }],
  });
  expect(whole.answers.map(({ by }) => by)).toEqual([officerLogin, await loginOf(console, boss)]);
  expect(await auditText(console)).toContain(`"subject" : "complaint:${complaintId}"`);
});

test('one that is about an account is neither seen nor answered by it; a colleague does both', async () => {
  await using console = await openTestConsole();
  const { raise, post, list, read } = desk(console);
  const named = await console.enter(['dispatcher'], township);
  const colleague = await console.enter(['dispatcher'], '540235');
  const aboutLogin = (await loginOf(console, named)).toUpperCase();
  const { complaintId } = (await raise(colleague, said({ aboutLogin }))).json<ComplaintReceipt>();
  // Raised by the county's, it stands at the county: told again for the township.
  const here = (await raise(named, said({ aboutLogin }))).json<ComplaintReceipt>();
  expect(await list(named)).toEqual([]);
  expect((await read(named, here.complaintId)).statusCode).toBe(404);
  const url = `/api/complaints/${here.complaintId}/answer`;
  expect((await post(url, named, { text: '没有的事' })).statusCode).toBe(404);
  expect(await list(colleague)).toHaveLength(2);
  expect((await post(url, colleague, { text: '已查。' })).statusCode).toBe(201);
  expect((await read(colleague, complaintId)).statusCode).toBe(200);
});

test('the longest waiting comes first, each with its clock; pages join without a gap', async () => {
  await using console = await openTestConsole();
  const { raise, list } = desk(console);
  const cookie = await console.enter(['dispatcher'], township);
  const ids: string[] = [];
  for (let index = 0; index < 55; index += 1) {
    ids.push((await raise(cookie)).json<ComplaintReceipt>().complaintId);
  }
  const first = await console.call({ url: '/api/complaints?purpose=complaint', cookie });
  const page = first.json<Page<ComplaintLine>>();
  const rest = await list(cookie, `&before=${page.next ?? ''}`);
  expect([...page.items, ...rest].map(({ complaintId }) => complaintId)).toEqual(ids);
});

test('a screen raises one for its region; what another region raised is found by no number', async () => {
  await using console = await openTestConsole();
  const { raise, post, list } = desk(console);
  const now = console.clock.now;
  const { token } = await issueViewerToken(console.store.pool, {
    region: township,
    label: '',
    now,
  });
  const screen = `${viewerCookie}=${token}`;
  const { receipt } = (await raise(screen)).json<ComplaintReceipt>();
  const officer = await console.enter(['dispatcher'], township);
  expect(await list(officer)).toMatchObject([{ origin: 'screen', region: township }]);
  const elsewhere = await console.enter(['dispatcher'], '540221');
  const lost = await post('/api/complaints/look-up', elsewhere, { receipt });
  expect(problemOf(lost)).toBe('no-such-receipt');
  expect(await list(elsewhere)).toEqual([]);
});

test('nobody floods the office or tries numbers out: from one address a few a minute', async () => {
  await using console = await openTestConsole();
  const cookie = await console.enter(['viewer'], township);
  const knock = async (url: string, body: () => unknown) => {
    const statuses: number[] = [];
    for (let index = 0; index < 12; index += 1) {
      statuses.push((await console.call({ method: 'POST', url, cookie, body: body() })).statusCode);
    }
    return statuses.filter((status) => status === 429).length;
  };
  expect(await knock('/api/complaints', () => said())).toBe(6);
  expect(await knock('/api/complaints/look-up', () => ({ receipt: '123456789' }))).toBe(2);
});

test('a person learns who read about them and why: of the village, of themselves, and this very reading', async () => {
  await using console = await openTestConsole();
  const [personId, other] = [randomUUID(), randomUUID()];
  const person = (id: string, name: string) => ({ personId: id, region: village, name, post: '' });
  const change = { now: console.clock.now, actor: 'system:test' };
  await addPeople(console.store, [person(personId, '扎西'), person(other, '央金')], change);
  const officer = await console.enter(['dispatcher'], township);
  const next = await console.enter(['dispatcher'], '5402');
  const login = await loginOf(console, officer);
  await console.call({
    url: `/api/villages/${village}/people?purpose=duty-watch`,
    cookie: officer,
  });
  await console.call({ url: `/api/people/${personId}/consent?purpose=vouching`, cookie: officer });
  await console.call({ url: `/api/people/${other}/consent?purpose=vouching`, cookie: officer });
  await console.call({ url: `/api/villages/540235100202/people?purpose=duty-watch`, cookie: next });
  const url = `/api/people/${personId}/readings?purpose=subject-request`;
  const { items } = (await console.call({ url, cookie: next })).json<Page<ReadingView>>();
  expect(items.map(({ what, purpose, personId: whom }) => [what, purpose, whom])).toEqual([
    ['readings.read', 'subject-request', personId],
    ['consent.read', 'vouching', personId],
    ['people.read', 'duty-watch', null],
  ]);
  expect(items[2]).toMatchObject({ login, roles: ['dispatcher'], accountRegion: township });
  const without = await console.call({ url: `/api/people/${personId}/readings`, cookie: next });
  expect(without.statusCode).toBe(400);
});
