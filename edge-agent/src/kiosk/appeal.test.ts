import { randomUUID } from 'node:crypto';
import { packRoster, type Desired } from '@sightline/contracts';
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
const slot = (personId: string, shift: string) =>
  ({ post: 'watch', shift, personId, fallbackId: null }) as const;
/** tableTime is the evening of 2026-11-23: its day is over, its night runs, tomorrow has not begun. */
const roster = packRoster(
  [
    slot(ann.personId, '2026-11-22/day'),
    slot(ann.personId, '2026-11-22/night'),
    slot(ann.personId, '2026-11-23/day'),
    slot(bo.personId, '2026-11-23/night'),
    slot(ann.personId, '2026-11-24/day'),
  ],
  { from: '2026-11-16', days: 40, posts: ['watch'] },
);

async function withPin(change: Partial<Desired> = {}): Promise<TableKiosk> {
  const grants = [tableGrant('set-pin', ann.personId)];
  const terminal = new TableTerminal(tableTime, tableDesired({ roster, grants, ...change }));
  const table = await openTableKiosk({ terminal });
  const code = '12345678';
  await table.client.post('/api/pin', { personId: ann.personId, code, pin });
  return table;
}

const own = { personId: ann.personId, pin };
const duty = { post: 'watch', day: '2026-11-23', span: 'day' };
const said = (more: Record<string, unknown> = {}) => ({
  ...own,
  appealId: randomUUID(),
  duty,
  reason: 'not-recognised',
  text: '',
  ...more,
});
const facts = ({ terminal }: TableKiosk) =>
  terminal.facts.filter(({ type }) => type === 'duty.appealed');

test('after their own PIN a person sees their own duties that have begun, newest first, and nobody else’s', async () => {
  await using table = await withPin();
  const asked = await table.client.post('/api/own-duties', own);
  expect(asked.body['duties']).toMatchObject([
    { day: '2026-11-23', span: 'day', checkedInAt: null, appeal: null },
    { day: '2026-11-22', span: 'full', checkedInAt: null, appeal: null },
  ]);
  const wrong = await table.client.post('/api/own-duties', { ...own, pin: '000000' });
  expect(wrong.body).toMatchObject({ code: 'pin-wrong' });
});

test('one appeal a duty becomes one fact of the person, however often it is sent; it needs no link', async () => {
  await using table = await withPin();
  const body = said();
  const replies = [];
  for (const each of [body, body, said({ reason: 'other' })]) {
    replies.push(await table.client.post('/api/appeal', each));
  }
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(replies[2]?.body).toMatchObject({ appeal: { reason: 'not-recognised' } });
  expect(facts(table)).toMatchObject([
    {
      actor: `person:${ann.personId}`,
      stream: expect.stringMatching(/^correction\/\d{12}\/watch\.2026-11-23\.day$/),
      data: { appealId: body.appealId, personId: ann.personId, ...duty, reason: 'not-recognised' },
    },
  ]);
  const [first] = facts(table);
  expect(first?.data).not.toHaveProperty('sealed');
});

test('nobody appeals another’s duty, one that has not begun, or with another’s PIN; words need a seal', async () => {
  await using table = await withPin();
  const codeOf = async (body: object) =>
    (await table.client.post('/api/appeal', body)).body['code'];
  expect(await codeOf(said({ duty: { ...duty, span: 'night' } }))).toBe('no-such-duty');
  expect(await codeOf(said({ duty: { ...duty, day: '2026-11-24' } }))).toBe('no-such-duty');
  expect(await codeOf(said({ pin: '000000' }))).toBe('pin-wrong');
  expect(await codeOf(said({ text: '摄像头坏了' }))).toBe('no-seal');
  expect(facts(table)).toEqual([]);
});
