import { randomUUID } from 'node:crypto';
import type { EnrolmentCodeReply, Page, TerminalView, TroubleView } from '@sightline/contracts';
import {
  enrolSource,
  findSource,
  readDesired,
  saveBrokerState,
  saveLinkStates,
  saveQuarantine,
} from '@sightline/store';
import { expect, test } from 'vitest';
import { openTestConsole, problemOf } from './testing-console.ts';

const village = '540235100201';
const machine = { diskFreeMb: 900, diskTotalMb: 28_000, memoryFreeMb: 512, temperatureC: 61.5 };

async function openTerminal() {
  const console = await openTestConsole();
  const cookie = await console.signIn(['system-administrator'], '5402');
  const daily = await console.signIn(['dispatcher'], '5402');
  const post = (url: string, body: unknown = {}, key = randomUUID()) =>
    console.call({ method: 'POST', url, cookie, body, key });
  const add = (name: string) => {
    const url = `/api/villages/${village}/people`;
    return console.call({ method: 'POST', url, cookie: daily, body: { name, post: '' } });
  };
  const list = async () => {
    const reply = await console.call({ url: `/api/terminals?region=${village}`, cookie });
    return reply.json<Page<TerminalView>>().items;
  };
  return { console, cookie, post, list, add };
}

test('a terminal made on the console knows its village and people, and a repeated order makes one', async () => {
  const { console, post, list, add } = await openTerminal();
  await using _ = console;
  await add('扎西');
  const key = randomUUID();
  const [one, two] = [
    await post('/api/terminals', { region: village }, key),
    await post('/api/terminals', { region: village }, key),
  ];
  expect(one.json()).toEqual({ terminalId: `${village}-1` });
  expect(two.body).toBe(one.body);
  const desired = await readDesired(console.store.pool, `${village}-1`);
  expect(desired?.placeNames).toHaveLength(3);
  expect(desired?.people.map((person) => person.name)).toEqual(['扎西']);
  expect(await list()).toMatchObject([{ status: 'not-equipped', enrolledAt: null }]);
});

test('the one-time code enrols a device once; revoking ends its key and is harmless again', async () => {
  const { console, post, list } = await openTerminal();
  await using _ = console;
  await post('/api/terminals', { region: village });
  const url = `/api/terminals/${village}-1`;
  const { code } = (await post(`${url}/enrolment-code`)).json<EnrolmentCodeReply>();
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const source = 'A'.repeat(43);
  const now = '2026-11-23T04:00:01.000Z';
  const enrolled = await enrolSource(console.store, {
    code,
    publicKey: 'key',
    fingerprint: source,
    now,
  });
  expect(enrolled).toMatchObject({ terminalId: `${village}-1`, region: village });
  expect(await list()).toMatchObject([{ enrolledAt: now, status: 'unknown' }]);

  expect((await post(`${url}/revoke`)).json()).toMatchObject({ ended: 1 });
  expect((await findSource(console.store.pool, source))?.revokedAt).not.toBeNull();
  expect((await post(`${url}/revoke`)).json()).toMatchObject({ ended: 0 });
});

test("a terminal's row says its status by the one rule, what waits there and whether it is up to date", async () => {
  const { console, post, list, add } = await openTerminal();
  await using _ = console;
  const { store } = console;
  await post('/api/terminals', { region: village });
  const terminalId = `${village}-1`;
  const url = `/api/terminals/${terminalId}/enrolment-code`;
  const { code } = (await post(url)).json<EnrolmentCodeReply>();
  const at = '2026-11-23T03:59:30.000Z';
  await enrolSource(store, { code, publicKey: 'k', fingerprint: 'B'.repeat(43), now: at });
  const listening = { listeningSince: '2026-11-23T03:00:00.000Z' };
  await saveBrokerState(store.pool, { ...listening, aliveAt: '2026-11-23T03:59:59.000Z' });
  const version = (await readDesired(store.pool, terminalId))?.version ?? 0;
  await saveLinkStates(store.pool, [
    {
      terminalId,
      region: village,
      connected: true,
      linkSince: '2026-11-23T03:30:00.000Z',
      beatAt: at,
      waiting: 3,
      oldestWaitingAt: at,
      deadLetters: 1,
      desiredVersion: version,
      camera: 'ready',
      version: '0.1.0',
      device: { ...machine, selfTest: null },
    },
  ]);
  const [row] = await list();
  expect(row).toMatchObject({
    status: 'online',
    since: '2026-11-23T03:30:00.000Z',
    waiting: 3,
    deadLetters: 1,
    upToDate: true,
    camera: 'ready',
  });
  await add('扎西');
  expect((await list())[0]?.upToDate).toBe(false);
  console.clock.now = console.clock.now.add({ minutes: 6 });
  expect((await list())[0]?.status).toBe('unknown');
});

test('trouble is listed with its terminal, newest first, in pages, and only within the scope', async () => {
  const { console, cookie } = await openTerminal();
  await using _ = console;
  const rows = Array.from({ length: 60 }, (_, index) => ({
    source: 'C'.repeat(43),
    seq: index + 1,
    region: village,
    terminalId: `${village}-1`,
    reason: index === 59 ? 'fork' : 'malformed',
    message: `message ${index}`,
    settled: false,
    hash: null,
    body: `body ${index}`,
  }));
  await saveQuarantine(console.store.pool, rows);
  const fetchPage = async (query: string, by = cookie) =>
    (await console.call({ url: `/api/trouble?${query}`, cookie: by })).json<Page<TroubleView>>();
  const first = await fetchPage('');
  expect(first.items[0]).toMatchObject({ reason: 'fork', terminalId: `${village}-1`, seq: 60 });
  const second = await fetchPage(`before=${first.next ?? ''}`);
  expect([...first.items, ...second.items].map((item) => item.seq)).toEqual(
    rows.map((row) => row.seq).toReversed(),
  );
  expect(second.next).toBeNull();
  const elsewhere = await console.signIn(['dispatcher'], '540221');
  expect((await fetchPage('', elsewhere)).items).toEqual([]);
});

test('a dispatcher may not make, enrol or revoke terminals', async () => {
  const { console } = await openTerminal();
  await using _ = console;
  const cookie = await console.signIn(['dispatcher'], '5402');
  const urls = ['/api/terminals', `/api/terminals/x/enrolment-code`, `/api/terminals/x/revoke`];
  for (const url of urls) {
    const reply = await console.call({ method: 'POST', url, cookie, body: { region: village } });
    expect([reply.statusCode, problemOf(reply)]).toEqual([403, 'role']);
  }
});
