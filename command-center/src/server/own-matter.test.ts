import { randomUUID } from 'node:crypto';
import {
  absenceStream,
  type AbsenceView,
  type AccountView,
  type LinkablePersonView,
  type Page,
  type RosterPattern,
  type RosterTroubleView,
  type VillageRosterView,
} from '@sightline/contracts';
import {
  absenceProjection,
  addPeople,
  catchUp,
  changeRosters,
  createTerminal,
  inTransaction,
  listAudit,
  readDesired,
  setPatterns,
} from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const terminalId = `${village}-1`;
const [tashi, droma, pema] = [randomUUID(), randomUUID(), randomUUID()];
/** The test's clock stands on 2026-11-23. */
const day = '2026-11-28';
const source = new TestSource();

let console: TestConsole;
let [security, own, other] = ['', '', ''];
beforeAll(async () => {
  console = await openTestConsole();
  const { store, clock } = console;
  const change = { now: clock.now, actor: 'system:test', why: 'edited' } as const;
  await createTerminal(store, { terminalId, region: village, simulated: true });
  const people = [tashi, droma, pema].map((personId, n) => ({
    personId,
    region: village,
    name: ['扎西', '卓玛', '白玛'][n] ?? '',
    post: '委员',
  }));
  expect(await addPeople(store, people, change)).toBeNull();
  const slots = [
    { post: 'watch', shift: `${day}/day`, personId: tashi, fallbackId: droma },
    { post: 'lead', shift: `${day}/day`, personId: pema, fallbackId: null },
  ] as const;
  const window = { from: day, days: 1, posts: ['watch', 'lead'] } as const;
  const pattern: RosterPattern = {
    shifts: 'day',
    dayKinds: ['workday', 'weekend', 'holiday'],
    rotation: 'daily',
    people: null,
  };
  await inTransaction(store, async (client) => {
    await changeRosters(client, [{ region: village, window, slots }], change);
    await setPatterns(client, [village], { watch: pattern });
  });
  security = await console.enter(['security-administrator'], '540235');
  own = await console.enter(['dispatcher'], '540235100');
  other = await console.enter(['registrar'], '540235100');
});
afterAll(() => console[Symbol.asyncDispose]());

const post = (url: string, body: unknown, cookie = own) =>
  console.call({ method: 'POST', url, body, cookie });
const get = async <T>(url: string, cookie = own): Promise<T> => {
  const reply = await console.call({ url, cookie });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<T>();
};
const loginOf = async (cookie: string) => (await get<{ login: string }>('/api/me', cookie)).login;
const accountsOf = async () => (await get<Page<AccountView>>('/api/accounts', security)).items;
const accountOf = async (cookie: string) => {
  const login = await loginOf(cookie);
  const found = (await accountsOf()).find((account) => account.login === login);
  if (found === undefined) throw new Error(`There is no account ${login}.`);
  return found;
};
const absences = async (show = 'open') =>
  (
    await get<Page<AbsenceView>>(
      `/api/absences?region=${village}&show=${show}&purpose=roster-upkeep`,
    )
  ).items;

test('who makes accounts says which person one is: names of one village are read on record, and others see no name', async () => {
  const offered = await get<readonly LinkablePersonView[]>(
    `/api/villages/${village}/linkable-people`,
    security,
  );
  expect(offered.map(({ name, isLinked }) => [name, isLinked])).toEqual([
    ['扎西', false],
    ['卓玛', false],
    ['白玛', false],
  ]);
  const [read] = await listAudit(console.store.pool, { scope: village, before: null, limit: 1 });
  expect(read).toMatchObject({ what: 'account.people', region: village, purpose: 'access-upkeep' });
  const { accountId } = await accountOf(own);
  const url = `/api/accounts/${accountId}/person`;
  expect((await post(url, { personId: tashi }, security)).statusCode).toBe(201);
  expect(problemOf(await post(url, { personId: droma }, security))).toBe('account-linked');
  const second = await accountOf(other);
  const twice = await post(
    `/api/accounts/${second.accountId}/person`,
    { personId: tashi },
    security,
  );
  expect(problemOf(twice)).toBe('person-linked');
  expect((await accountOf(own)).person).toMatchObject({ region: village });
  expect(JSON.stringify(await accountsOf())).not.toContain('扎西');
  const itself = await accountOf(security);
  expect(
    problemOf(await post(`/api/accounts/${itself.accountId}/person`, { personId: pema }, security)),
  ).toBe('own-account');
});

test('nobody vouches for their own face or PIN: another one does', async () => {
  const registrar = await console.enter(['registrar'], '540235100');
  const { accountId } = await accountOf(registrar);
  const linked = await post(`/api/accounts/${accountId}/person`, { personId: droma }, security);
  expect(linked.statusCode).toBe(201);
  const grant = (cookie: string) =>
    post(`/api/people/${droma}/grants`, { purpose: 'set-pin', terminalId }, cookie);
  expect(problemOf(await grant(registrar))).toBe('own-matter');
  expect((await readDesired(console.store.pool, terminalId))?.grants).toEqual([]);
  expect((await grant(other)).statusCode).toBe(201);
});

test('leave of one’s own person is approved by another officer alone, and the page says so before', async () => {
  const changeId = randomUUID();
  const duty = { post: 'watch', day, span: 'day' };
  const ask = { kind: 'leave', changeId, personId: tashi, duty, otherId: droma };
  expect((await post('/api/shift-changes', { region: village, ask }, other)).statusCode).toBe(201);
  await post(`/api/shift-changes/${changeId}/agree`, {}, other);
  const decide = (cookie: string, decision: string) =>
    post(`/api/shift-changes/${changeId}/decide`, { decision }, cookie);
  const url = `/api/shift-changes?region=${village}&purpose=roster-upkeep`;
  const [shown] = (await get<Page<{ isOwn: boolean; isOwnMatter: boolean }>>(url)).items;
  expect(shown).toMatchObject({ isOwn: false, isOwnMatter: true });
  const refused = await decide(own, 'approved');
  expect([refused.statusCode, problemOf(refused)]).toEqual([409, 'own-matter']);
  expect(refused.json<{ detail: string }>().detail).toContain('another officer');
  expect(problemOf(await decide(own, 'refused'))).toBe('own-matter');
  expect((await decide(other, 'withdrawn')).statusCode).toBe(201);
});

test('an officer enters that somebody is away, not themselves: the slot shows as a trouble with who is free, nobody is put there', async () => {
  const of = { region: village, from: day, to: '2026-11-30' };
  const mine = { ...of, absenceId: randomUUID(), personId: tashi };
  expect(problemOf(await post('/api/absences', mine))).toBe('own-matter');
  expect((await post('/api/absences', mine, other)).json()).toMatchObject({ state: 'approved' });
  expect(problemOf(await post('/api/absences', mine, other))).toBe('asked-before');
  const backwards = { ...mine, absenceId: randomUUID(), to: '2026-11-27' };
  expect(problemOf(await post('/api/absences', backwards, other))).toBe('absence-backwards');
  expect(await absences()).toMatchObject([
    { person: { name: '扎西' }, state: 'approved', shiftsHeld: 1, isOwnMatter: true },
  ]);
  const troubles = await get<Page<RosterTroubleView>>(
    `/api/roster-troubles?region=${village}&purpose=roster-upkeep`,
  );
  expect(troubles.items.find(({ kind }) => kind === 'away')).toMatchObject({
    post: 'watch',
    shift: `${day}/day`,
    person: { name: '扎西' },
    proposed: { name: '卓玛' },
  });
  const roster = await get<VillageRosterView>(
    `/api/villages/${village}/roster?month=2026-11&purpose=roster-upkeep`,
  );
  expect(roster.away).toEqual([{ personId: tashi, from: day, to: '2026-11-30' }]);
  const slot = { post: 'watch', shift: '2026-11-29/day', personId: tashi, fallbackId: null };
  const edit = { position: roster.position, slots: [slot] };
  expect(problemOf(await post(`/api/villages/${village}/roster/edit`, edit))).toBe('person-away');
  const plan = { region: village, from: day, days: 3, mode: 'fill', apply: false };
  const tried = (await post('/api/rosters/generate', plan)).json<{ villages: unknown }>();
  expect(JSON.stringify(tried.villages)).not.toContain(tashi);
  const told = (await readDesired(console.store.pool, terminalId))?.absences;
  expect(told).toMatchObject([{ absenceId: mine.absenceId, state: 'approved' }]);
  const withdraw = { decision: 'withdrawn' };
  expect((await post(`/api/absences/${mine.absenceId}/decide`, withdraw)).statusCode).toBe(201);
  expect(await absences()).toEqual([]);
  expect(await absences('all')).toMatchObject([{ state: 'withdrawn' }]);
});

test('what a person asked at the kiosk waits for another one’s word', async () => {
  const absenceId = randomUUID();
  const data = { absenceId, personId: tashi, from: '2026-12-01', to: '2026-12-03' };
  await source.append(console.store, [
    {
      region: village,
      type: 'absence.asked',
      at: '2026-11-23T03:00:00.000Z',
      stream: absenceStream(village, absenceId),
      data: { ...data, terminalId, method: 'pin' },
    },
  ]);
  await catchUp(console.store, [absenceProjection]);
  expect(await absences()).toMatchObject([{ absenceId, state: 'asked', terminalId, saidBy: null }]);
  const decide = (cookie: string) =>
    post(`/api/absences/${absenceId}/decide`, { decision: 'approved' }, cookie);
  expect(problemOf(await decide(own))).toBe('own-matter');
  expect((await decide(other)).json()).toEqual({ absenceId, state: 'approved' });
  expect(problemOf(await decide(other))).toBe('already-decided');
  const end = await post(
    `/api/accounts/${(await accountOf(own)).accountId}/person/end`,
    {},
    security,
  );
  expect(end.statusCode).toBe(201);
  // What was their own matter stays so.
  const later = { region: village, absenceId: randomUUID(), personId: tashi };
  const entered = await post('/api/absences', { ...later, from: '2026-12-05', to: '2026-12-05' });
  expect(problemOf(entered)).toBe('own-matter');
});
