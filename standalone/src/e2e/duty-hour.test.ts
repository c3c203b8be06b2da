import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  isSettled,
  type AbsenceView,
  type LedgerRow,
  type OwnDuties,
  type Page,
  type ShiftChangeView,
  type VillageRosterView,
} from '@sightline/contracts';
import {
  createAccount,
  inTransaction,
  issueSignInLink,
  updateDesired,
  type Store,
} from '@sightline/store';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoPin } from '#demo/set-demo-pins.ts';
import { until } from './edge-fixture.ts';
import { openReader, requireCustody } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';
import { openSession, type Answer, type WebClient } from './testing/web-client.ts';

/*
 * 一小时无网: everything somebody does of the watch at a terminal while the broker is away and faces are off, each
 * thing said twice; then the link comes back. What is shortened is the hour, but by hand.
 */

const patienceMs = 90_000;
/** How long the broker stays away: a whole hour by hand, as long as the words take in the suite. */
const outageMs = Number(process.env['SIGHTLINE_OUTAGE_MINUTES'] ?? 0) * 60_000;
vi.setConfig({ testTimeout: 240_000 + outageMs });
const stack = new AsyncDisposableStack();
const today = Temporal.Now.zonedDateTimeISO('Asia/Shanghai').toPlainDate();
const dayAfter = (days: number) => today.add({ days }).toString();
const changeId = randomUUID();
const absence = { absenceId: randomUUID(), from: dayAfter(10), to: dayAfter(12) };
const appealId = randomUUID();
const itemId = randomUUID();
let house: TestConstellation;
let store: Store;
let kiosk: Kiosk;
let officer: WebClient;
let second: WebClient;
let region: string;
/** Who watches now, somebody else of the village, and the two of the swap. */
let holder: string;
let taker: string;
let [one, other] = ['', ''];

const session = (link: string, login: string) =>
  openSession(link, {
    path: '/api/session/link',
    key: 'sign-in',
    more: { login, password: 'a long enough password' },
  });
// Our own centre, typed by the contract; as below.
const read = async <T>(path: string) => (await officer.get(path)).body as unknown as T;
const send = async (by: WebClient, path: string, body: object) =>
  (await by.post(path, body, { 'idempotency-key': randomUUID() })).body;
const month = (day: string) =>
  read<VillageRosterView>(
    `/api/villages/${region}/roster?month=${day.slice(0, 7)}&purpose=roster-upkeep`,
  );
const watchOf = async (day: string) => {
  const { duties } = await month(day);
  return duties.find((duty) => duty.day === day && duty.post === 'watch')?.personId ?? '';
};

/** And once more: whoever presses twice says it once. The answer is the first one's. */
async function twice(path: string, body: object): Promise<Answer> {
  const first = await atKiosk(path, body);
  await kiosk.post(path, body);
  return first;
}

async function atKiosk(path: string, body: object): Promise<Answer> {
  let answer = await kiosk.post(path, body);
  await until(
    `${path} is heard`,
    async () => {
      if (answer.status !== 429) return true;
      answer = await kiosk.post(path, body);
      return false;
    },
    patienceMs,
  );
  expect([path, answer.status, answer.body['code']]).toEqual([path, 200, undefined]);
  return answer;
}

const pinOf = (personId: string) => ({ personId, pin: demoPin });

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: 1 }));
  store = stack.use(await openReader(house.databaseUrl));
  kiosk = await openKiosk(house.links.kiosk);
  await kiosk.waitFor('people with PINs', ({ people }) => people.every((each) => each.hasPin));
  const start = await kiosk.waitFor('a roster', ({ dutyDay }) => dutyDay !== null);
  region = start.region ?? '';
  await inTransaction(store, (client) =>
    updateDesired(client, start.terminalId ?? '', (desired) => ({
      ...desired,
      settings: { ...desired.settings, faceEnabled: false },
    })),
  );
  await kiosk.waitFor('no face recognition', ({ faceEnabled }) => !faceEnabled);
  officer = await session(house.links.signIn, 'officer');
  const now = Temporal.Now.instant();
  const roles = ['dispatcher'] as const;
  const accountId = await createAccount(store.pool, { roles, region: region.slice(0, 9), now });
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  const { origin } = new URL(house.links.signIn);
  second = await session(`${origin}/console/#sign-in=${token}`, 'second');
  await chooseDuties(now);
}, 240_000);
afterAll(() => stack.disposeAsync());

/** Who watches now, and a swap of two days to come: on those nobody stands on another post. */
async function chooseDuties(now: Temporal.Instant): Promise<void> {
  const { duties, people } = await month(dayAfter(0));
  const running = duties.find(
    ({ post, from, to }) => post === 'watch' && from <= now.toString() && now.toString() < to,
  );
  // Before eight in the morning it is the night of the day before, maybe of the month before.
  holder = running?.personId ?? people[0]?.personId ?? '';
  taker = people.find(({ personId }) => personId !== holder)?.personId ?? '';
  const days = [dayAfter(2), dayAfter(3)];
  for (const of of new Set(days.map((day) => day.slice(0, 7)))) {
    const { slots, position } = await month(of);
    const cleared = slots
      .filter(({ post, shift }) => post !== 'watch' && days.includes(shift.slice(0, 10)))
      .map((slot) => ({ ...slot, personId: null, fallbackId: null }));
    const url = `/api/villages/${region}/roster/edit`;
    if (cleared.length > 0) {
      expect(await send(officer, url, { position, slots: cleared })).toHaveProperty('position');
    }
  }
  [one, other] = [await watchOf(days[0] ?? ''), await watchOf(days[1] ?? '')];
  const ask = {
    kind: 'swap',
    changeId,
    personId: one,
    duty: { post: 'watch', day: days[0], span: 'full' },
    otherId: other,
    otherDuty: { post: 'watch', day: days[1], span: 'full' },
  };
  const asked = await send(officer, '/api/shift-changes', { region, ask });
  expect(asked).toEqual({ changeId, state: 'asked' });
  await kiosk.waitFor('it waits for the other’s word', ({ people: here }) =>
    here.some(({ personId, isAsked }) => personId === other && isAsked),
  );
}

it('an hour without the broker, faces off: every word of the watch arrives once, and the ledger is right at once', async () => {
  const broker = house.fleet.child('broker');
  await broker.stop();
  await kiosk.waitFor('link down', ({ link }) => link.state === 'down');
  await twice('/api/check-in/pin', pinOf(holder));
  const owned = (await atKiosk('/api/own-duties', pinOf(holder))).body as unknown as OwnDuties;
  const duty = owned.duties.find(({ post }) => post === 'watch') ?? owned.duties[0];
  if (duty === undefined) throw new Error('Nobody is on duty now.');
  const { post, day, span } = duty;
  const appeal = { appealId, duty: { post, day, span }, reason: 'not-recognised', text: '' };
  await twice('/api/appeal', { ...pinOf(holder), ...appeal });
  await twice('/api/shift-change/answer', { ...pinOf(one), changeId, answer: 'agreed' });
  await twice('/api/shift-change/answer', { ...pinOf(other), changeId, answer: 'agreed' });
  await twice('/api/absence', { ...pinOf(taker), ...absence });
  const left = await twice('/api/check-out/pin', pinOf(holder));
  const item = { itemId, sentences: ['water-rising'], text: '' };
  await twice('/api/hand-over/leave', { pass: left.body['pass'], ...item });
  const came = await twice('/api/check-in/pin', pinOf(taker));
  await twice('/api/hand-over/accept', { pass: came.body['pass'], itemIds: [itemId] });

  await setTimeout(outageMs);
  await broker.start();
  await kiosk.waitFor(
    'all delivered',
    ({ link, outbox }) => link.state === 'up' && outbox.waiting === 0,
  );
  const { rows } = await store.pool.query<{ said: string }>(
    `select type || ' ' || count(*) as said from log
     where type = any ($1) and source <> 'centre' group by type order by type`,
    [
      [
        'duty.checked-in',
        'duty.checked-out',
        'duty.appealed',
        'shift-change.answered',
        'absence.asked',
        'hand-over.left',
        'hand-over.accepted',
      ],
    ],
  );
  expect(rows.map(({ said }) => said)).toEqual([
    'absence.asked 1',
    'duty.appealed 1',
    'duty.checked-in 2',
    'duty.checked-out 1',
    'hand-over.accepted 1',
    'hand-over.left 1',
    'shift-change.answered 2',
  ]);
  await decideAll({ day, post });
  await requireCustody(store);
});

/** What officers make of it once it is here, and what the kiosk then says. */
async function decideAll({ day, post }: { readonly day: string; readonly post: string }) {
  const rowOf = async () => {
    const path = `/api/ledger?region=${region}&from=${day}&to=${day}&post=${post}&purpose=duty-watch`;
    const { items } = await read<Page<LedgerRow>>(path);
    return items.find(({ personId }) => personId === holder);
  };
  const isJudged = async () => isSettled((await rowOf())?.verdict ?? 'open');
  await until('the ledger knows who came', isJudged, patienceMs);
  expect(await rowOf()).toMatchObject({ method: 'pin', openCase: 'appealed' });
  const found = (await rowOf())?.verdict;
  const proposed = {
    region,
    correctionId: appealId,
    duty: { post, day, span: (await rowOf())?.span },
    verdict: 'stands',
    reason: 'not-recognised',
  };
  expect(await send(officer, '/api/corrections/propose', proposed)).toMatchObject({
    state: 'proposed',
  });
  const approve = { decision: 'approved' };
  const url = `/api/corrections/${appealId}/decide`;
  expect(await send(officer, url, approve)).toMatchObject({ code: 'own-proposal' });
  expect(await send(second, url, approve)).toMatchObject({ state: 'approved' });

  const changes = await read<Page<ShiftChangeView>>(
    `/api/shift-changes?region=${region}&show=all&purpose=roster-upkeep`,
  );
  const words = changes.items.find((each) => each.changeId === changeId)?.words ?? [];
  expect(words.map(({ personId, answer }) => [personId, answer])).toEqual([
    [one, 'agreed'],
    [other, 'agreed'],
  ]);
  const swapped = await send(second, `/api/shift-changes/${changeId}/decide`, approve);
  expect(swapped).toMatchObject({ state: 'approved' });
  expect([await watchOf(dayAfter(2)), await watchOf(dayAfter(3))]).toEqual([other, one]);

  const away = await read<Page<AbsenceView>>(
    `/api/absences?region=${region}&purpose=roster-upkeep`,
  );
  expect(away.items).toMatchObject([{ ...absence, state: 'asked', saidBy: null }]);
  const went = await send(second, `/api/absences/${absence.absenceId}/decide`, approve);
  expect(went).toMatchObject({ state: 'approved' });
  expect((await month(absence.from)).away).toContainEqual({
    personId: taker,
    from: absence.from,
    to: absence.to,
  });

  const isTold = async () => {
    const mine = (await atKiosk('/api/own-duties', pinOf(taker))).body as unknown as OwnDuties;
    return mine.absences.some(({ state }) => state === 'approved');
  };
  await until('the kiosk knows of the absence', isTold, patienceMs);
  const { appeals } = (await atKiosk('/api/own-duties', pinOf(holder)))
    .body as unknown as OwnDuties;
  expect(appeals).toMatchObject([
    { appealId, state: 'turned-down', outcome: { verdict: 'stands' } },
  ]);
  expect((await rowOf())?.verdict).toBe(found);
}
