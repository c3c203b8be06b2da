import { randomUUID } from 'node:crypto';
import {
  shiftChangeStream,
  type Page,
  type ShiftAnswer,
  type ShiftChangeView,
} from '@sightline/contracts';
import {
  addPeople,
  catchUp,
  changeRosters,
  createTerminal,
  dutyChangeProjection,
  inTransaction,
  readDesired,
  readRoster,
} from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const terminalId = `${village}-1`;
const [holder, other] = [randomUUID(), randomUUID()];
/** The test's clock stands on 2026-11-23. */
const duty = { post: 'watch', day: '2026-11-28', span: 'day' } as const;
const source = new TestSource();

let console: TestConsole;
let officer = '';
let second = '';
beforeAll(async () => {
  console = await openTestConsole();
  const { store, clock } = console;
  const change = { now: clock.now, actor: 'system:test', why: 'edited' } as const;
  await createTerminal(store, { terminalId, region: village, simulated: true });
  const people = [holder, other].map((personId, n) => ({
    personId,
    region: village,
    name: `扎西${n}`,
    post: '',
  }));
  expect(await addPeople(store, people, change)).toBeNull();
  const slots = [
    { post: 'watch', shift: '2026-11-28/day', personId: holder, fallbackId: null },
  ] as const;
  const window = { from: duty.day, days: 1, posts: ['watch'] } as const;
  await inTransaction(store, (client) =>
    changeRosters(client, [{ region: village, window, slots }], change),
  );
  officer = await console.enter(['registrar'], '540235100');
  second = await console.enter(['dispatcher'], '540235100');
});
afterAll(() => console[Symbol.asyncDispose]());

const post = (url: string, body: unknown, cookie = officer) =>
  console.call({ method: 'POST', url, body, cookie });
const decide = (changeId: string, decision: string, cookie = second) =>
  post(`/api/shift-changes/${changeId}/decide`, { decision }, cookie);

async function ask(): Promise<string> {
  const changeId = randomUUID();
  const asked = { kind: 'leave', changeId, personId: holder, duty, otherId: other };
  expect((await post('/api/shift-changes', { region: village, ask: asked })).statusCode).toBe(201);
  return changeId;
}

/** At the terminal, and heard of. */
async function say(changeId: string, personId: string, answer: ShiftAnswer): Promise<void> {
  const data = { changeId, personId, terminalId, answer, method: 'pin' };
  const at = '2026-11-23T04:00:00.000Z';
  const stream = shiftChangeStream(village, changeId);
  await source.append(console.store, [
    { region: village, type: 'shift-change.answered', at, stream, data },
  ]);
  await catchUp(console.store, [dutyChangeProjection]);
}

async function shown(changeId: string): Promise<ShiftChangeView | undefined> {
  const url = `/api/shift-changes?region=${village}&show=all&purpose=roster-upkeep`;
  const reply = await console.call({ url, cookie: officer });
  return reply.json<Page<ShiftChangeView>>().items.find((each) => each.changeId === changeId);
}

test('a no of the person themselves cannot be noted away nor approved over; the terminal was told what is asked', async () => {
  const changeId = await ask();
  const told = (await readDesired(console.store.pool, terminalId))?.shiftChanges;
  expect(told).toMatchObject([{ ask: { changeId }, state: 'asked', answers: [] }]);
  await say(changeId, other, 'declined');
  expect(problemOf(await decide(changeId, 'approved'))).toBe('declined-there');
  expect(problemOf(await post(`/api/shift-changes/${changeId}/agree`, {}))).toBe('declined-there');
  expect(await shown(changeId)).toMatchObject({ state: 'declined', decidedAt: null });
  expect((await decide(changeId, 'refused')).statusCode).toBe(201);
});

test('a yes that comes after it was withdrawn is shown as late and changes nothing', async () => {
  const changeId = await ask();
  expect((await decide(changeId, 'withdrawn', officer)).statusCode).toBe(201);
  await say(changeId, other, 'agreed');
  expect(await shown(changeId)).toMatchObject({
    state: 'withdrawn',
    agreedAt: null,
    words: [{ personId: other, answer: 'agreed', method: 'pin', terminalId, isLate: true }],
  });
});

test('a yes of the person themselves is that side’s word: another account approves, and the duty passes', async () => {
  const changeId = await ask();
  await say(changeId, other, 'agreed');
  expect(await shown(changeId)).toMatchObject({
    state: 'agreed',
    askedSaidBy: 'console',
    agreedSaidBy: 'kiosk',
    agreedBy: null,
    words: [{ personId: other, isLate: false }],
  });
  expect((await decide(changeId, 'approved')).json()).toMatchObject({ state: 'approved' });
  const { day } = duty;
  expect(
    await readRoster(console.store.pool, { scope: village, from: day, to: day }),
  ).toMatchObject([{ personId: other }]);
});
