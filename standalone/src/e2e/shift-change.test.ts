import { randomUUID } from 'node:crypto';
import type {
  OwnDuties,
  OwnShiftChange,
  Page,
  ShiftChangeView,
  VillageRosterView,
} from '@sightline/contracts';
import { createAccount, issueSignInLink, type Store } from '@sightline/store';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoPin } from '#demo/set-demo-pins.ts';
import { until } from './edge-fixture.ts';
import { openReader, requireCustody } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';
import { openSession, type WebClient } from './testing/web-client.ts';

const patienceMs = 60_000;
vi.setConfig({ testTimeout: 240_000 });
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let kiosk: Kiosk;
/** Asks and notes; another account approves. */
let officer: WebClient;
let second: WebClient;
let region: string;
let day: string;
let holder: string;
let other: string;

const session = (link: string, login: string) =>
  openSession(link, {
    path: '/api/session/link',
    key: 'sign-in',
    more: { login, password: 'a long enough password' },
  });
const keyed = () => ({ 'idempotency-key': randomUUID() });

/** A village, two officers, and somebody who is free to stand in on a day to come. */
beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: 1 }));
  store = stack.use(await openReader(house.databaseUrl));
  kiosk = await openKiosk(house.links.kiosk);
  await kiosk.waitFor('people with PINs', ({ people }) => people.every((each) => each.hasPin));
  const start = await kiosk.waitFor('a roster', ({ dutyDay }) => dutyDay !== null);
  region = start.region ?? '';
  officer = await session(house.links.signIn, 'officer');
  const now = Temporal.Now.instant();
  const accountId = await createAccount(store.pool, {
    roles: ['dispatcher'],
    region: region.slice(0, 9),
    now,
  });
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  const { origin } = new URL(house.links.signIn);
  second = await session(`${origin}/console/#sign-in=${token}`, 'second');
  const tomorrow = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().add({ days: 2 });
  day = tomorrow.toString();
  const { duties, slots, position, people } = await month();
  holder = duties.find((duty) => duty.day === day && duty.post === 'watch')?.personId ?? '';
  // Whoever stands by that night could not watch it too.
  const standby = slots.filter(({ post, shift }) => post === 'standby' && shift.startsWith(day));
  const edit = standby.map((slot) => ({ ...slot, personId: null, fallbackId: null }));
  const url = `/api/villages/${region}/roster/edit`;
  const { status } = await officer.post(url, { position, slots: edit }, keyed());
  expect(status).toBe(201);
  const lead = duties.find((duty) => duty.day === day && duty.post === 'lead')?.personId;
  other = people.find(({ personId }) => personId !== holder && personId !== lead)?.personId ?? '';
}, 240_000);
afterAll(() => stack.disposeAsync());

async function month(): Promise<VillageRosterView> {
  const of = day.slice(0, 7);
  const path = `/api/villages/${region}/roster?month=${of}&purpose=roster-upkeep`;
  // Our own centre, typed by the contract; as below.
  return (await officer.get(path)).body as unknown as VillageRosterView;
}

async function ask(): Promise<string> {
  const changeId = randomUUID();
  const duty = { post: 'watch', day, span: 'full' };
  const asked = { kind: 'leave', changeId, personId: holder, otherId: other, duty };
  const reply = await officer.post('/api/shift-changes', { region, ask: asked }, keyed());
  expect([reply.status, reply.body['code']]).toEqual([201, undefined]);
  await kiosk.waitFor('it waits for the other’s word', ({ people }) =>
    people.some(({ personId, isAsked }) => personId === other && isAsked),
  );
  return changeId;
}

async function atConsole(changeId: string): Promise<ShiftChangeView | undefined> {
  const path = `/api/shift-changes?region=${region}&show=all&purpose=roster-upkeep`;
  const { items } = (await officer.get(path)).body as unknown as Page<ShiftChangeView>;
  return items.find((each) => each.changeId === changeId);
}

async function atKiosk(changeId: string): Promise<OwnShiftChange | undefined> {
  const { body } = await kiosk.post('/api/own-duties', { personId: other, pin: demoPin });
  const { changes } = body as unknown as OwnDuties;
  return changes.find(({ ask: { changeId: id } }) => id === changeId);
}

const answer = async (changeId: string, said: 'agreed' | 'declined') => {
  const body = { personId: other, pin: demoPin, changeId, answer: said };
  const reply = await kiosk.post('/api/shift-change/answer', body);
  expect([reply.status, reply.body['code']]).toEqual([200, undefined]);
};
const decide = async (by: WebClient, changeId: string, decision: string) =>
  (await by.post(`/api/shift-changes/${changeId}/decide`, { decision }, keyed())).body;

async function cutOff(): Promise<() => Promise<void>> {
  const broker = house.fleet.child('broker');
  await broker.stop();
  await kiosk.waitFor('link down', ({ link }) => link.state === 'down');
  return async () => {
    await broker.start();
    await kiosk.waitFor(
      'all delivered',
      ({ link, outbox }) => link.state === 'up' && outbox.waiting === 0,
    );
  };
}

it('a yes said at the kiosk without a link is the other side’s word once it arrives, and passes the duty when approved', async () => {
  const changeId = await ask();
  const mend = await cutOff();
  await answer(changeId, 'agreed');
  expect(await decide(second, changeId, 'approved')).toMatchObject({ code: 'not-agreed' });
  await mend();
  const isAgreed = async () => (await atConsole(changeId))?.state === 'agreed';
  await until('it is agreed', isAgreed, patienceMs);
  expect(await atConsole(changeId)).toMatchObject({
    askedSaidBy: 'console',
    askedBy: 'officer',
    agreedSaidBy: 'kiosk',
    agreedBy: null,
    words: [{ personId: other, answer: 'agreed', method: 'pin', isLate: false }],
  });
  expect(await decide(second, changeId, 'approved')).toMatchObject({ state: 'approved' });
  const { duties } = await month();
  expect(duties.find((duty) => duty.day === day && duty.post === 'watch')?.personId).toBe(other);
  const isKnown = async () => (await atKiosk(changeId))?.state === 'approved';
  await until('the kiosk knows it', isKnown, patienceMs);
  expect((await atKiosk(changeId))?.own).toMatchObject({ answer: 'agreed', isLate: false });
  // For the next request it is the other way round.
  [holder, other] = [other, holder];
});

it('an answer that arrives after it was withdrawn changes nothing, and is late at the console and at the kiosk', async () => {
  const changeId = await ask();
  const mend = await cutOff();
  await answer(changeId, 'declined');
  expect(await decide(officer, changeId, 'withdrawn')).toMatchObject({ state: 'withdrawn' });
  await mend();
  const isHeard = async () => (await atConsole(changeId))?.words.length === 1;
  await until('it is heard', isHeard, patienceMs);
  expect(await atConsole(changeId)).toMatchObject({
    state: 'withdrawn',
    agreedAt: null,
    words: [{ personId: other, answer: 'declined', isLate: true }],
  });
  const isKnown = async () => (await atKiosk(changeId))?.state === 'withdrawn';
  await until('the kiosk knows it', isKnown, patienceMs);
  expect((await atKiosk(changeId))?.own).toMatchObject({ answer: 'declined', isLate: true });
  const { rows } = await store.pool.query<{ count: number }>(
    `select count(*)::integer as count from log
     where type = 'shift-change.answered' and stream = $1`,
    [`shift-change/${region}/${changeId}`],
  );
  expect(rows).toEqual([{ count: 1 }]);
  await requireCustody(store);
});
