import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enter } from '../testing-console.ts';
import { limits } from '#limits.ts';
import { startTestCentre, type TestCentre } from '#testing/start-test-centre.ts';
import { request, sendRaw } from './testing-attack.ts';

/* Requests that take their time, or more room than there is. */

let on: TestCentre;
let url: string;
let host: string;
let cookie: string;
beforeAll(async () => {
  on = await startTestCentre();
  ({ url } = on.centre);
  host = new URL(url).host;
  const now = Temporal.Now.instant();
  cookie = await enter(on.store, { roles: ['dispatcher'], region: '5402', now });
}, 120_000);
afterAll(() => on[Symbol.asyncDispose]());

/** Below the server's own wait for headers: what it closes then is another test. */
const patient = { timeout: 8_000 } as const;
const dripMs = 1_000;
const sockets = 200;
/** Beside the limit: one look of the server for late ones, and a busy machine's patience. */
const slackMs = 20_000;

/** Sends one byte a second for as long as the server listens; how long that was. */
async function drip(port: number, start: string): Promise<number> {
  const socket: Socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const began = performance.now();
  socket.on('error', () => undefined);
  socket.write(start);
  const timer = setInterval(() => socket.write('a'), dripMs);
  socket.resume();
  const late = setTimeout(() => socket.destroy(), limits.requestTimeoutMs + slackMs);
  await once(socket, 'close');
  clearInterval(timer);
  clearTimeout(late);
  return performance.now() - began;
}

test('200 that never finish their headers, and 20 their body, are cut off; others are served meanwhile', async () => {
  const { port } = on.centre;
  const headers = `GET /api/me HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `;
  const body = `POST /api/session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{`;
  const slow = [
    ...Array.from({ length: sockets }, () => drip(port, headers)),
    ...Array.from({ length: sockets / 10 }, () => drip(port, body)),
  ];
  let served = 0;
  const ended = Promise.all(slow);
  const state = { isOver: false };
  void ended.then(() => (state.isOver = true));
  while (!state.isOver) {
    const reply = await fetch(`${url}/api/me`, { headers: { cookie } });
    await reply.body?.cancel();
    expect(reply.status).toBe(200);
    served += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const heldMs = await ended;
  const [ofHeaders, ofBody] = [heldMs.slice(0, sockets), heldMs.slice(sockets)];
  expect(Math.max(...ofHeaders)).toBeLessThan(limits.headersTimeoutMs + slackMs);
  expect(Math.max(...ofBody)).toBeLessThan(limits.requestTimeoutMs + slackMs);
  expect(served).toBeGreaterThan(5);
}, 120_000);

/** As somebody signed in adds a person: nothing but the body is wrong. */
async function post(body: string): Promise<number> {
  const reply = await fetch(`${url}/api/villages/540235100201/people`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json', 'idempotency-key': key },
    body,
  });
  await reply.text();
  return reply.status;
}

const key = '6f2b7a50-0b57-4f3e-9a55-3d1c3b9ad002';

test('a body, a header, an address and a heap of headers that are too large are refused', async () => {
  const { port } = on.centre;
  const ask = async (path: string, more: readonly string[] = []) =>
    (
      await sendRaw(
        port,
        request([`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...more]),
      )
    ).status;
  expect(await post(JSON.stringify({ name: 'a', post: 'x'.repeat(limits.bodyBytes) }))).toBe(413);
  expect(await ask('/api/me', [`X-Large: ${'x'.repeat(limits.headerBytes)}`])).toBe(431);
  expect(await ask(`/api/${'x'.repeat(limits.headerBytes)}`)).toBe(431);
  const many = Array.from({ length: 3_000 }, (_, index) => `X${index}: y`);
  expect(await ask('/api/me', many)).toBe(431);
  expect(await ask(`/api/people/${'x'.repeat(500)}/consent`, [`Cookie: ${cookie}`])).toBeLessThan(
    500,
  );
  // A body that says it is endless is cut where the limit is.
  const head = [`POST /api/session HTTP/1.1`, `Host: ${host}`, `Origin: ${url}`];
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  const chunked = [...head, 'Content-Type: application/json', 'Transfer-Encoding: chunked'];
  expect((await sendRaw(port, request(chunked, chunk.repeat(8)))).status).toBe(413);
});

test('JSON as deep as a body can be, keys that reach for the prototype, and numbers beyond all are refused', async () => {
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  const bad = [
    deep,
    `{"name":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)},"post":""}`,
    '{"name":"a","post":"","__proto__":{"isAdmin":true}}',
    '{"name":"a","post":"","constructor":{"prototype":{"isAdmin":true}}}',
    '{"name":"a","post":"","isAdmin":true}',
    '{"name":1e400,"post":""}',
    '{"name":["a"],"post":{"$ne":""}}',
    '\uFEFF\u0000',
    '',
    'null',
    '"text"',
  ];
  for (const body of bad)
    expect([body.slice(0, 60), await post(body)]).toEqual([body.slice(0, 60), 400]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect('isAdmin' in {}).toBe(false);
});

test('one address holds no more connections than its share, and gives them back', async () => {
  const { port, app } = on.centre;
  const localAddress = '127.0.0.9';
  const beyond = 20;
  const open = Array.from({ length: limits.connectionsPerAddress + beyond }, () => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    return socket.resume();
  });
  await expect.poll(() => open.filter((socket) => socket.closed).length, patient).toBe(beyond);
  const held = await new Promise((resolve) => app.server.getConnections((_, n) => resolve(n)));
  expect(held).toBeGreaterThanOrEqual(limits.connectionsPerAddress);
  const reply = await fetch(`${url}/api/me`, { headers: { cookie } });
  expect(reply.status).toBe(200);
  await reply.text();
  for (const socket of open) socket.destroy();
  const again = request(['GET /api/me HTTP/1.1', `Host: ${host}`, 'Connection: close']);
  const status = async () => (await sendRaw(port, again, { localAddress })).status;
  await expect.poll(status, patient).toBe(401);
}, 60_000);
