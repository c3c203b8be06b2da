import { randomUUID } from 'node:crypto';
import type { Desired, TerminalAppeal, TerminalShiftChange } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann, bo, cho] = tablePeople;
const pin = '135790';
const changeId = randomUUID();
const duty = { post: 'watch', day: '2026-11-24', span: 'full' } as const;
const leave: TerminalShiftChange = {
  ask: { kind: 'leave', changeId, personId: ann.personId, duty, otherId: bo.personId },
  askedAt: '2026-11-23T10:00:00.000Z',
  state: 'asked',
  answers: [],
};
const told = (change: Partial<TerminalShiftChange> = {}): Partial<Desired> => ({
  shiftChanges: [{ ...leave, ...change }],
});

async function openTable(change: Partial<Desired> = told()): Promise<TableKiosk> {
  const people = [ann, bo, cho];
  const grants = people.map(({ personId }, n) =>
    tableGrant('set-pin', personId, { code: `1000000${n}` }),
  );
  const terminal = new TableTerminal(tableTime, tableDesired({ grants, ...change }));
  const table = await openTableKiosk({ terminal });
  for (const [n, { personId }] of people.entries()) {
    await table.client.post('/api/pin', { personId, code: `1000000${n}`, pin });
  }
  return table;
}

const say = ({ client }: TableKiosk, personId: string, more: Record<string, unknown> = {}) =>
  client.post('/api/shift-change/answer', { personId, pin, changeId, answer: 'agreed', ...more });
const own = async ({ client }: TableKiosk, personId: string) =>
  (await client.post('/api/own-duties', { personId, pin })).body;
const facts = ({ terminal }: TableKiosk) =>
  terminal.facts.filter(({ type }) => type === 'shift-change.answered');
const marked = async ({ client }: TableKiosk) => {
  // The kiosk's own state, typed by the contract.
  const { people } = (await client.get('/api/state')).body as {
    readonly people: readonly { readonly personId: string; readonly isAsked: boolean }[];
  };
  return people.filter(({ isAsked }) => isAsked).map(({ personId }) => personId);
};

test('who is asked says yes after their own PIN: one fact of the person, however often, without a link', async () => {
  await using table = await openTable();
  expect(await marked(table)).toEqual([bo.personId]);
  table.terminal.goDark();
  expect((await own(table, bo.personId))['changes']).toMatchObject([
    { ask: { changeId }, isAsker: false, own: null, isNoted: false, other: null },
  ]);
  const replies = [await say(table, bo.personId), await say(table, bo.personId)];
  const again = await say(table, bo.personId, { answer: 'declined' });
  expect([...replies, again].map(({ status, body }) => [status, body['own']])).toEqual(
    [1, 2, 3].map(() => [200, { answer: 'agreed', at: tableTime, isLate: false }]),
  );
  expect(facts(table)).toMatchObject([
    {
      actor: `person:${bo.personId}`,
      stream: `shift-change/540202103202/${changeId}`,
      data: {
        changeId,
        personId: bo.personId,
        terminalId: 'demo-1',
        answer: 'agreed',
        method: 'pin',
      },
    },
  ]);
  expect(await marked(table)).toEqual([]);
  // The one who asked sees it, and can take their own word back by saying no themselves.
  expect((await own(table, ann.personId))['changes']).toMatchObject([
    { isAsker: true, isNoted: true, own: null, other: 'agreed' },
  ]);
  expect((await say(table, ann.personId, { answer: 'declined' })).body['own']).toMatchObject({
    answer: 'declined',
  });
  expect(facts(table)).toHaveLength(2);
});

test('nobody answers for another, with another’s PIN, or what has ended; a stranger sees nothing of it', async () => {
  await using table = await openTable();
  const codeOf = async (personId: string, more: Record<string, unknown> = {}) =>
    (await say(table, personId, more)).body['code'];
  expect(await codeOf(bo.personId, { pin: '000000' })).toBe('pin-wrong');
  expect(await codeOf(cho.personId)).toBe('no-such-change');
  expect(await codeOf(bo.personId, { changeId: randomUUID() })).toBe('no-such-change');
  expect((await own(table, cho.personId))['changes']).toEqual([]);
  expect((await say(table, bo.personId, { answer: 'perhaps' })).status).toBe(400);
  table.terminal.setDesired(tableDesired(told({ state: 'withdrawn' })));
  expect(await codeOf(bo.personId)).toBe('change-ended');
  expect(facts(table)).toEqual([]);
});

test('said while the village was cut off, and decided meanwhile: the person is shown that it came too late', async () => {
  await using table = await openTable();
  table.terminal.goDark();
  await say(table, bo.personId);
  table.terminal.comeBack();
  table.terminal.setDesired(tableDesired(told({ state: 'withdrawn' })));
  expect((await own(table, bo.personId))['changes']).toMatchObject([
    { state: 'withdrawn', own: { answer: 'agreed', isLate: true } },
  ]);
  // Asked again it is what was said, and no second fact.
  expect((await say(table, bo.personId)).status).toBe(200);
  expect(facts(table)).toHaveLength(1);
});

test('a person sees what became of their appeals, and nobody else’s', async () => {
  const appeal = (personId: string, more: Partial<TerminalAppeal> = {}): TerminalAppeal => ({
    appealId: randomUUID(),
    personId,
    duty: { ...duty, day: '2026-11-20' },
    reason: 'terminal-broken',
    at: '2026-11-20T10:00:00.000Z',
    state: 'proposed',
    ...more,
  });
  const outcome = {
    verdict: 'on-time',
    why: 'terminal-broken',
    decidedAt: '2026-11-22T10:00:00.000Z',
  } as const;
  const appeals = [
    appeal(ann.personId, { state: 'approved', outcome, at: '2026-11-21T10:00:00.000Z' }),
    appeal(ann.personId),
    appeal(bo.personId),
  ];
  await using table = await openTable({ appeals });
  expect((await own(table, ann.personId))['appeals']).toMatchObject([
    { state: 'upheld', outcome },
    { state: 'waiting', outcome: null },
  ]);
});
