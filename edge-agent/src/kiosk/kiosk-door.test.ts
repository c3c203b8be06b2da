import { once } from 'node:events';
import { request } from 'node:http';
import { frameLimits } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKioskClient } from '#kiosk/testing/kiosk-client.ts';
import { openTableKiosk, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';

let table: TableKiosk;
beforeAll(async () => {
  table = await openTableKiosk();
});
afterAll(() => table[Symbol.asyncDispose]());

interface Knock {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A request with exactly these headers: `fetch` would put its own Host. */
async function knock({
  method = 'GET',
  path,
  headers = {},
  body,
}: Knock): Promise<[number, string]> {
  const { port } = table.kiosk;
  const call = request({ host: '127.0.0.1', port, method, path, headers });
  call.end(body);
  const [reply] = await once(call, 'response', { signal: AbortSignal.timeout(5_000) });
  let text = '';
  for await (const chunk of reply) text += String(chunk);
  return [reply.statusCode, text];
}

describe('the kiosk’s door', () => {
  test('a page without the link’s cookie sees nothing', async () => {
    const [status, text] = await knock({ path: '/api/state' });
    expect([status, text]).toEqual([401, expect.stringContaining('no-session')]);
    expect(text).not.toContain('扎西');
  });

  test('a wrong token opens nothing', async () => {
    const wrong = table.kiosk.url.replace(/token=./, 'token=x');
    expect((await openKioskClient(wrong)).cookie).toBe('');
  });

  test('a name that only resolves to this machine is not the kiosk’s address', async () => {
    const headers = { host: `evil.example:${table.kiosk.port}`, cookie: table.client.cookie };
    const [status] = await knock({ path: '/api/state', headers });
    expect(status).toBe(421);
  });

  test.each([
    ['a foreign site', 'http://evil.example'],
    ['no page at all', undefined],
  ])('%s cannot make the kiosk do anything, cookie or not', async (_who, origin) => {
    const headers = {
      host: `127.0.0.1:${table.kiosk.port}`,
      cookie: table.client.cookie,
      'content-type': 'application/json',
      ...(origin === undefined ? {} : { origin }),
    };
    const [status] = await knock({
      method: 'POST',
      path: '/api/session/cancel',
      headers,
      body: '{}',
    });
    expect(status).toBe(403);
  });

  const upgrade = {
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'c2lnaHRsaW5lIGtpb3NrIQ==',
  };
  test.each<[string, Record<string, string>, number]>([
    ['of a foreign page', { origin: 'http://evil.example' }, 403],
    ['of no page', {}, 403],
    ['of a page without a session', { origin: 'own', cookie: '' }, 401],
  ])('a socket %s is not opened, and not left open', async (_whose, who, expected) => {
    const { cookie, origin } = table.client;
    const own = who['origin'] === 'own' ? { origin } : {};
    const host = `127.0.0.1:${table.kiosk.port}`;
    const headers = Object.assign({ host, cookie }, upgrade, who, own);
    const [status] = await knock({ path: '/api/kiosk', headers });
    expect(status).toBe(expected);
  });

  test('the page may load nothing from elsewhere and nobody may frame it', async () => {
    const reply = await fetch(`${table.client.origin}/healthz`);
    const policy = reply.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|unsafe/);
  });

  test('a body that is too large or of another shape is refused', async () => {
    const large = await table.client.post('/api/check-in/pin', {
      personId: 'x'.repeat(5000),
      pin: '1',
    });
    expect(large.status).toBe(413);
    const shape = await table.client.post('/api/check-in/pin', { personId: 'x', pin: 123456 });
    expect(shape.status).toBe(400);
  });

  test('the session lasts over a restart of the agent', async () => {
    const first = await openTableKiosk({ dir: table.dir });
    expect(first.client.cookie).toBe(table.client.cookie);
    await first[Symbol.asyncDispose]();
  });
});

describe('the kiosk’s socket', () => {
  test('says the state at once', async () => {
    await using page = await table.client.connect();
    if (page.messages.length === 0) await once(page.socket, 'message');
    expect(page.messages[0]).toMatchObject({ kind: 'state', state: { terminalId: 'demo-1' } });
  });

  test.each([
    ['a frame larger than any camera’s', Buffer.alloc(frameLimits.bytes + 1), 1009],
    ['a frame that is not of its size', Buffer.from('80020000000000000000000000', 'hex'), 1008],
    ['words it does not know', '{"kind":"hello"}', 1008],
    ['no words at all', Buffer.from([0xff, 0xfe]).toString('latin1'), 1008],
  ])('%s ends the connection and nothing else', async (_case, message, code) => {
    await using page = await table.client.connect();
    page.socket.send(message);
    expect(await page.closed()).toBe(code);
    expect((await table.client.get('/api/state')).status).toBe(200);
  });

  test('a flood of frames is cut', async () => {
    await using page = await table.client.connect();
    const frame = { width: 2, height: 2, counter: 0, pixels: new Uint8Array(12) };
    for (let i = 0; i < 300; i++) page.sendFrame(frame);
    expect(await page.closed()).toBe(1008);
  });

  test('a fifth page is sent away', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map(() => table.client.connect()));
    await using fifth = await table.client.connect();
    expect(await fifth.closed()).toBe(1013);
    for (const page of pages) await page[Symbol.asyncDispose]();
  });
});
