import { seedDivisions } from '@sightline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enter } from '../testing-console.ts';
import { startTestCentre, type TestCentre } from '#testing/start-test-centre.ts';

/* What a page elsewhere can make the browser of a signed-in person send. */

let on: TestCentre;
let url: string;
let cookie: string;
beforeAll(async () => {
  on = await startTestCentre();
  await seedDivisions(on.store.pool);
  ({ url } = on.centre);
  const now = Temporal.Now.instant();
  cookie = await enter(on.store, { roles: ['dispatcher'], region: '5402', now });
}, 60_000);
afterAll(() => on[Symbol.asyncDispose]());

const village = '540235100201';
const add = { name: '扎西', post: '' };
const key = { 'idempotency-key': '6f2b7a50-0b57-4f3e-9a55-3d1c3b9ad001' };

async function post(headers: Record<string, string>, body: string | URLSearchParams | FormData) {
  const reply = await fetch(`${url}/api/villages/${village}/people`, {
    method: 'POST',
    headers: { cookie, ...key, ...headers },
    body,
  });
  return { status: reply.status, text: await reply.text() };
}

const people = async () => (await on.store.pool.query('select 1 from person')).rows.length;

test('a foreign page, a page without an origin and a near relative are refused', async () => {
  const { port } = on.centre;
  const json = { 'content-type': 'application/json' };
  const foreign = [
    'https://evil.example',
    'null',
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}.evil.example`,
    `http://127.0.0.1:${port + 1}`,
    `http://user@127.0.0.1:${port}`,
    `http://evil.example/http://127.0.0.1:${port}`,
    `file://127.0.0.1:${port}`,
  ];
  for (const origin of foreign) {
    expect([origin, (await post({ ...json, origin }, JSON.stringify(add))).status]).toEqual([
      origin,
      403,
    ]);
  }
  const none = await post({ ...json, referer: `${url}/console/` }, JSON.stringify(add));
  expect(none.status).toBe(403);
  expect(await people()).toBe(0);
});

test('what a form can send without asking is no request of ours, even with the right origin', async () => {
  const origin = url;
  const bodies = [
    [{ origin, 'content-type': 'text/plain' }, JSON.stringify(add)],
    [{ origin }, new URLSearchParams(add)],
    [{ origin, 'content-type': '' }, JSON.stringify(add)],
    [{ origin, 'content-type': 'application/xml' }, '<name/>'],
  ] as const;
  for (const [headers, body] of bodies) {
    expect([headers, (await post(headers, body)).status]).toEqual([headers, 415]);
  }
  const form = new FormData();
  form.set('name', '扎西');
  expect((await post({ origin }, form)).status).toBe(415);
  expect(await people()).toBe(0);
  const ours = { origin, 'content-type': 'application/json' };
  expect((await post(ours, JSON.stringify(add))).status).toBe(201);
});

test('no GET, HEAD or OPTIONS changes anything but what the audit says of it', async () => {
  const count = async () => {
    const { rows } = await on.store.pool.query<{ n: number }>(
      `select ((select count(*) from person) + (select count(*) from account)
         + (select count(*) from session where revoked_at is null)
         + (select count(*) from terminal) + (select count(*) from command))::int as n`,
    );
    return rows[0]?.n;
  };
  const before = await count();
  const changing = [
    '/api/session',
    '/api/password?current=a&next=b',
    `/api/villages/${village}/people?name=x&post=`,
    '/api/second-factor/remove?code=123456',
  ];
  for (const path of changing) {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const reply = await fetch(url + path, { method, headers: { cookie } });
      await reply.body?.cancel();
      expect([path, reply.headers.get('access-control-allow-origin')]).toEqual([path, null]);
    }
  }
  expect(await count()).toBe(before);
});

test('no page may frame ours, read us from elsewhere or hand the session to a script', async () => {
  const page = await fetch(`${url}/console/`, { headers: { origin: 'https://evil.example' } });
  await page.body?.cancel();
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(page.headers.get('access-control-allow-origin')).toBeNull();
  expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
});
