import { issueViewerToken, revokeViewerToken } from '@sightline/store';
import { expect, test } from 'vitest';
import { viewerCookie } from './read-viewer.ts';
import { openTestConsole, problemOf } from './testing-console.ts';

const village = '540235100201';
const add = {
  method: 'POST',
  url: `/api/villages/${village}/people`,
  body: { name: '扎西', post: '' },
} as const;

test('a change from another page, or from no page, is refused before anything is done', async () => {
  await using console = await openTestConsole();
  const cookie = await console.signIn(['dispatcher'], '5402');
  const origins = ['https://evil.example', 'null', 'http://localhost:7401', ''];
  for (const origin of origins) {
    const reply = await console.call({ ...add, cookie, headers: { origin } });
    expect([reply.statusCode, problemOf(reply)]).toEqual([403, 'wrong-origin']);
  }
  const { rows } = await console.store.pool.query('select 1 from person');
  expect(rows).toHaveLength(0);
});

test('a request for another host name gets nothing (DNS rebinding)', async () => {
  await using console = await openTestConsole();
  const reply = await console.call({ url: '/api/me', headers: { host: 'evil.example:7400' } });
  expect([reply.statusCode, problemOf(reply)]).toEqual([421, 'wrong-host']);
});

test('a body above the limit and a body that is no JSON are refused with a sentence', async () => {
  await using console = await openTestConsole();
  const cookie = await console.signIn(['dispatcher'], '5402');
  const large = await console.call({
    ...add,
    cookie,
    body: { name: 'x'.repeat(70_000), post: '' },
  });
  expect([large.statusCode, problemOf(large)]).toEqual([413, 'too-large']);
  const broken = await console.app.inject({
    method: 'POST',
    url: add.url,
    headers: {
      host: 'localhost:7400',
      origin: 'http://localhost:7400',
      cookie,
      'content-type': 'application/json',
    },
    payload: '{"name":',
  });
  expect(broken.statusCode).toBe(400);
  expect(broken.headers['content-type']).toContain('application/problem+json');
  const extra = await console.call({ ...add, cookie, body: { name: 'x', post: '', admin: true } });
  expect([extra.statusCode, problemOf(extra)]).toEqual([400, 'malformed']);
});

test('every page and reply carries the policy that lets it load nothing from elsewhere', async () => {
  await using console = await openTestConsole();
  for (const url of ['/console/', '/screen/', '/api/me']) {
    const reply = await console.call({ url });
    const policy = String(reply.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|unsafe-/);
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.headers['referrer-policy']).toBe('no-referrer');
  }
});

test('nobody gets anything but health and pages without signing in', async () => {
  await using console = await openTestConsole();
  for (const url of ['/api/me', '/api/regions', '/api/villages', '/api/audit', '/api/sessions']) {
    const reply = await console.call({ url });
    expect([reply.statusCode, problemOf(reply)]).toEqual([401, 'not-signed-in']);
  }
});

test('a screen sees villages of its region without names, changes nothing, and ends when revoked', async () => {
  await using console = await openTestConsole();
  const { store, clock, call } = console;
  const issued = await issueViewerToken(store.pool, {
    region: '540235',
    label: 'hall',
    now: clock.now,
  });
  const { token, tokenId } = issued;
  const reply = await call({ method: 'POST', url: '/api/viewer-session', body: { token } });
  expect(String(reply.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/);
  const cookie = `${viewerCookie}=${token}`;
  expect((await call({ url: '/api/villages', cookie })).statusCode).toBe(200);
  const people = `/api/villages/${village}/people?purpose=duty-watch`;
  expect((await call({ url: people, cookie })).statusCode).toBe(403);
  expect((await call({ ...add, cookie })).statusCode).toBe(403);
  expect((await call({ url: '/api/sessions', cookie })).statusCode).toBe(401);
  await revokeViewerToken(store.pool, { tokenId, scope: '5402', now: clock.now });
  expect((await call({ url: '/api/villages', cookie })).statusCode).toBe(401);
});

test('health names each part, and is 503 while one is not known to be up', async () => {
  await using console = await openTestConsole();
  const reply = await console.call({ url: '/healthz' });
  expect(reply.statusCode).toBe(503);
  const { parts } = reply.json<{ parts: { name: string; state: string }[] }>();
  expect(parts.map((part) => [part.name, part.state])).toEqual([
    ['centre', 'up'],
    ['database', 'up'],
    ['broker', 'unknown'],
  ]);
});
