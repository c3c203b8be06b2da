import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerminalCheck } from '@sightline/contracts';
import { expect, test, vi } from 'vitest';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann] = tablePeople;
const { personId } = ann;
const pin = '135790';
const checkId = '0190a5d4-0000-7000-8000-0000000000c1';
const check: TerminalCheck = {
  checkId,
  reason: 'weather-warning',
  note: '今夜暴雪',
  by: { login: 'pianduo', roles: ['dispatcher'], region: '5402' },
  orderedAt: '2026-11-23T13:46:00.000Z',
  until: '2026-11-23T13:51:00.000Z',
};

/** A village with face recognition switched off, and a PIN. */
const desired = (...checks: TerminalCheck[]) =>
  tableDesired({
    checks,
    grants: [tableGrant('set-pin', personId)],
    settings: { faceEnabled: false, demo: true },
  });

const typesOf = ({ terminal }: TableKiosk) =>
  terminal.facts.map(({ type }) => type).filter((type) => type.startsWith('spot-check.'));
/** Delivery is noted behind the scenes: it is waited for, not slept for. */
const settled = (table: TableKiosk, ...types: string[]) =>
  vi.waitFor(() => expect(typesOf(table)).toEqual(types), { timeout: 5_000, interval: 5 });
const givePin = ({ client }: TableKiosk) =>
  client.post('/api/pin', { personId, code: '12345678', pin });
const answer = ({ client }: TableKiosk) =>
  client.post('/api/spot-check/pin', { checkId, personId, pin });

test('it is delivered without a page, shown, and answered by PIN with faces switched off', async () => {
  await using table = await openTableKiosk({ terminal: new TableTerminal(tableTime, desired()) });
  await givePin(table);
  table.terminal.setDesired(desired(check));
  await settled(table, 'spot-check.delivered');
  expect(await table.client.state()).toMatchObject({ ringing: checkId });
  for (const _ of [1, 2]) {
    expect((await table.client.post('/api/spot-check/shown', { checkId })).status).toBe(200);
  }
  const face = await table.client.post('/api/spot-check/face', { checkId });
  expect(face.body['code']).toBe('face-disabled');
  expect(await answer(table)).toMatchObject({
    status: 200,
    body: { outcome: 'check-answered', method: 'pin', isLate: false },
  });
  await answer(table);
  expect(typesOf(table)).toEqual([
    'spot-check.delivered',
    'spot-check.shown',
    'spot-check.answered',
  ]);
  expect(table.terminal.facts.at(-1)?.data).toEqual({
    checkId,
    terminalId: 'demo-1',
    personId,
    method: 'pin',
  });
  const { ringing, checks } = await table.client.state();
  expect(ringing).toBeNull();
  expect(checks).toMatchObject([{ checkId, answeredBy: personId, by: { login: 'pianduo' } }]);
});

test('one that comes after its end, or by a clock nobody set, is said to have come and does not ring', async () => {
  const late = '2026-11-23T13:51:00.000Z';
  await using table = await openTableKiosk({ terminal: new TableTerminal(late, desired(check)) });
  await settled(table, 'spot-check.delivered');
  expect(await table.client.state()).toMatchObject({ ringing: null, checks: [{ isOpen: false }] });
  table.terminal.setTime(tableTime);
  expect(await table.client.state()).toMatchObject({ ringing: checkId });
  table.terminal.setState({ clockCertain: false });
  expect(await table.client.state()).toMatchObject({ ringing: null });
  await table.client.post('/api/spot-check/shown', { checkId });
  expect(typesOf(table)).toEqual(['spot-check.delivered']);
});

test('a withdrawn one stops, and is neither delivered nor answered', async () => {
  await using table = await openTableKiosk({
    terminal: new TableTerminal(tableTime, desired({ ...check, withdrawn: true })),
  });
  await givePin(table);
  expect(await table.client.state()).toMatchObject({ ringing: null });
  expect((await answer(table)).body['code']).toBe('check-withdrawn');
  expect(typesOf(table)).toEqual([]);
});

test('a village asks to be called, once, and may still answer', async () => {
  await using table = await openTableKiosk({ terminal: new TableTerminal(tableTime, desired()) });
  await givePin(table);
  table.terminal.setDesired(desired(check));
  await settled(table, 'spot-check.delivered');
  for (const _ of [1, 2]) await table.client.post('/api/spot-check/call', { checkId });
  expect(await table.client.state()).toMatchObject({ ringing: null });
  expect((await answer(table)).body['outcome']).toBe('check-answered');
  const said = ['spot-check.delivered', 'spot-check.call-asked', 'spot-check.answered'];
  expect(typesOf(table)).toEqual(said);
});

test('what was said is remembered over a restart: nothing is said twice', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-kiosk-'));
  const terminal = new TableTerminal(tableTime, desired(check));
  {
    await using table = await openTableKiosk({ terminal, dir });
    await settled(table, 'spot-check.delivered');
    await table.client.post('/api/spot-check/shown', { checkId });
  }
  await using again = await openTableKiosk({ terminal, dir });
  await givePin(again);
  await again.client.post('/api/spot-check/shown', { checkId });
  expect(await again.client.state()).toMatchObject({ ringing: checkId });
  await answer(again);
  const said = ['spot-check.delivered', 'spot-check.shown', 'spot-check.answered'];
  expect(typesOf(again)).toEqual(said);
  await rm(dir, { recursive: true });
});
