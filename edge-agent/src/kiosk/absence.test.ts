import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann, bo] = tablePeople;
const pin = '135790';
const today = tableTime.slice(0, 10);
const dayAfter = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const week = { from: dayAfter(2), to: dayAfter(8) };

async function openTable(): Promise<TableKiosk> {
  const people = [ann, bo];
  const grants = people.map(({ personId }, n) =>
    tableGrant('set-pin', personId, { code: `1000000${n}` }),
  );
  const terminal = new TableTerminal(tableTime, tableDesired({ grants }));
  const table = await openTableKiosk({ terminal });
  for (const [n, { personId }] of people.entries()) {
    await table.client.post('/api/pin', { personId, code: `1000000${n}`, pin });
  }
  return table;
}

const ask = ({ client }: TableKiosk, more: Record<string, unknown> = {}) =>
  client.post('/api/absence', {
    personId: ann.personId,
    pin,
    absenceId: randomUUID(),
    ...week,
    ...more,
  });
const absencesOf = async ({ client }: TableKiosk, personId: string) =>
  (await client.post('/api/own-duties', { personId, pin })).body['absences'];
const facts = ({ terminal }: TableKiosk) =>
  terminal.facts.filter(({ type }) => type === 'absence.asked');

test('somebody says without a link that they will be away: one fact of theirs however often, and it waits', async () => {
  await using table = await openTable();
  table.terminal.goDark();
  const absenceId = randomUUID();
  const replies = [await ask(table, { absenceId }), await ask(table, { absenceId })];
  expect(replies.map(({ status, body }) => [status, body['state']])).toEqual([
    [200, 'waiting'],
    [200, 'waiting'],
  ]);
  expect(facts(table)).toMatchObject([
    {
      actor: `person:${ann.personId}`,
      stream: `absence/540202103202/${absenceId}`,
      data: { absenceId, personId: ann.personId, ...week, method: 'pin' },
    },
  ]);
  expect(Object.keys(facts(table)[0]?.data ?? {}).toSorted()).toEqual(
    ['absenceId', 'from', 'method', 'personId', 'terminalId', 'to'].toSorted(),
  );
  expect(await absencesOf(table, ann.personId)).toMatchObject([{ absenceId, state: 'waiting' }]);
  expect(await absencesOf(table, bo.personId)).toEqual([]);
  table.terminal.comeBack();
  const told = { absenceId, personId: ann.personId, ...week, state: 'approved', at: tableTime };
  table.terminal.setDesired(tableDesired({ absences: [{ ...told, state: 'approved' }] }));
  expect(await absencesOf(table, ann.personId)).toMatchObject([{ absenceId, state: 'approved' }]);
});

test('days that are over, backwards, none, too many or too far are refused by name, and so is a wrong PIN', async () => {
  await using table = await openTable();
  const codeOf = async (more: Record<string, unknown>) => (await ask(table, more)).body['code'];
  expect(await codeOf({ pin: '000000' })).toBe('pin-wrong');
  expect(await codeOf({ from: dayAfter(-3), to: dayAfter(-1) })).toBe('absence-past');
  expect(await codeOf({ from: dayAfter(3), to: dayAfter(2) })).toBe('absence-backwards');
  expect(await codeOf({ to: dayAfter(2 + 92) })).toBe('absence-too-long');
  expect(await codeOf({ from: dayAfter(400), to: dayAfter(401) })).toBe('absence-too-far');
  expect(await codeOf({ from: '2026-02-30', to: '2026-03-01' })).toBe('no-such-day');
  for (let n = 0; n < 5; n += 1) expect((await ask(table)).status).toBe(200);
  expect(await codeOf({})).toBe('absences-wait');
  expect(facts(table)).toHaveLength(5);
});
