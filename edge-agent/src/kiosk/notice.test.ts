import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerminalNotice } from '@sightline/contracts';
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
const notice = (index: number, level: TerminalNotice['level']): TerminalNotice => ({
  noticeId: `0190a5d4-0000-7000-8000-0000000000b${index}`,
  level,
  title: '防雪',
  text: '今夜有雪',
  by: { login: 'pianduo', roles: ['dispatcher'], region: '5402' },
  postedAt: '2026-11-23T13:46:00.000Z',
});
const plain = notice(1, 'plain');
const important = notice(2, 'important');

/** A village with face recognition switched off, and a PIN. */
const desired = (...notices: TerminalNotice[]) =>
  tableDesired({
    notices,
    grants: [tableGrant('set-pin', personId)],
    settings: { faceEnabled: false, demo: true },
  });

const saidOf = ({ terminal }: TableKiosk) =>
  terminal.facts
    .filter(({ type }) => type.startsWith('notice.'))
    .map(
      ({ type, data }) => `${type} ${data['noticeId'] === plain.noticeId ? 'plain' : 'important'}`,
    );
/** Delivery is noted behind the scenes: it is waited for, not slept for. */
const settled = (table: TableKiosk, ...said: string[]) =>
  vi.waitFor(() => expect(saidOf(table)).toEqual(said), { timeout: 5_000, interval: 5 });
const delivered = ['notice.delivered plain', 'notice.delivered important'];
const read = ({ client }: TableKiosk, { noticeId }: TerminalNotice, own?: object) =>
  client.post('/api/notice/read', own === undefined ? { noticeId } : { noticeId, own });

test('without a link a notice is delivered, read by a touch, and an important one signed for by PIN', async () => {
  await using table = await openTableKiosk({ terminal: new TableTerminal(tableTime, desired()) });
  await table.client.post('/api/pin', { personId, code: '12345678', pin });
  table.terminal.setState({ link: { state: 'down', since: tableTime, cause: null, detail: null } });
  table.terminal.setDesired(desired(important, plain));
  await settled(table, ...delivered);
  expect((await read(table, important)).body['code']).toBe('sign-by-pin');
  const wrong = await read(table, important, { personId, pin: '000000' });
  expect(wrong.body['code']).toBe('pin-wrong');
  for (const _ of [1, 2]) {
    expect((await read(table, plain)).status).toBe(200);
    expect((await read(table, important, { personId, pin })).status).toBe(200);
  }
  expect(saidOf(table)).toEqual([...delivered, 'notice.read plain', 'notice.read important']);
  expect(table.terminal.facts.at(-1)).toMatchObject({
    actor: `person:${personId}`,
    data: { noticeId: important.noticeId, terminalId: 'demo-1', personId, method: 'pin' },
  });
  expect((await table.client.state()).notices).toMatchObject([
    { text: '今夜有雪', readBy: personId },
    { readBy: null, readAt: expect.any(String) },
  ]);
  table.terminal.setDesired(desired());
  expect((await table.client.state()).notices).toEqual([]);
  expect((await read(table, plain)).body['code']).toBe('no-such-notice');
});

test('what was said is remembered over a restart: nothing is said twice', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-kiosk-'));
  const terminal = new TableTerminal(tableTime, desired(important, plain));
  {
    await using table = await openTableKiosk({ terminal, dir });
    await settled(table, ...delivered);
    await read(table, plain);
  }
  await using again = await openTableKiosk({ terminal, dir });
  await read(again, plain);
  const [, one] = (await again.client.state()).notices;
  expect(one?.readAt).not.toBeNull();
  expect(saidOf(again)).toEqual([...delivered, 'notice.read plain']);
  await rm(dir, { recursive: true });
});
