import { createAccount, issueSignInLink, listAudit } from '@sightline/store';
import { expect, test } from 'vitest';
import { limits } from '#limits.ts';
import { cookieOf, openTestConsole, problemOf, testPassword } from './testing-console.ts';

const region = '5402';

async function withLink() {
  const console = await openTestConsole();
  const { store, clock } = console;
  const accountId = await createAccount(store.pool, {
    roles: ['dispatcher'],
    region,
    now: clock.now,
  });
  const { token } = await issueSignInLink(store.pool, { accountId, now: clock.now });
  return { console, accountId, token };
}

test('a one-time link asks for login and password, then opens a session with them, once', async () => {
  const { console, token } = await withLink();
  await using _ = console;
  const link = (body: object) => console.call({ method: 'POST', url: '/api/session/link', body });

  const bare = await link({ token });
  expect([bare.statusCode, problemOf(bare)]).toEqual([409, 'credentials-needed']);
  const short = await link({ token, login: 'tashi', password: 'short' });
  expect(problemOf(short)).toBe('bad-password');
  const opened = await link({ token, login: ' Tashi ', password: testPassword });
  expect(opened.statusCode).toBe(204);
  const me = await console.call({ url: '/api/me', cookie: cookieOf(opened) });
  expect(me.json()).toMatchObject({ login: 'tashi', roles: ['dispatcher'], region });

  const again = await link({ token, login: 'other', password: testPassword });
  expect([again.statusCode, problemOf(again)]).toEqual([409, 'dead-link']);
});

test('two browsers with the same link at once: one gets in', async () => {
  const { console, token } = await withLink();
  await using _ = console;
  const replies = await Promise.all(
    ['one', 'two', 'three'].map((name) =>
      console.call({
        method: 'POST',
        url: '/api/session/link',
        body: { token, login: `login-${name}`, password: testPassword },
      }),
    ),
  );
  const codes = replies.map((reply) => reply.statusCode);
  expect(codes.toSorted((a, b) => a - b)).toEqual([204, 409, 409]);
});

test('a link ends after ten minutes, and when a newer one is issued', async () => {
  const { console, token, accountId } = await withLink();
  await using _ = console;
  const body = { token, login: 'tashi', password: testPassword };
  const use = (token: string) =>
    console.call({ method: 'POST', url: '/api/session/link', body: { ...body, token } });
  const newer = await issueSignInLink(console.store.pool, { accountId, now: console.clock.now });
  expect(problemOf(await use(token))).toBe('dead-link');
  console.clock.now = console.clock.now.add({ minutes: 10 });
  expect(problemOf(await use(newer.token))).toBe('dead-link');
});

test('a link for an account that has a password signs in without one', async () => {
  const { console, token, accountId } = await withLink();
  await using _ = console;
  const url = '/api/session/link';
  await console.call({
    method: 'POST',
    url,
    body: { token, login: 'tashi', password: testPassword },
  });
  const next = await issueSignInLink(console.store.pool, { accountId, now: console.clock.now });
  const reply = await console.call({ method: 'POST', url, body: { token: next.token } });
  expect(reply.statusCode).toBe(204);
});

test('who forgot their password sets one within ten minutes of coming in by a link, and not later', async () => {
  const { console, signIn, accountId } = await withPassword();
  await using _ = console;
  const { call, clock, store } = console;
  const enter = async () => {
    const { token } = await issueSignInLink(store.pool, { accountId, now: clock.now });
    const reply = await call({ method: 'POST', url: '/api/session/link', body: { token } });
    return cookieOf(reply);
  };
  const set = (cookie: string, next: string) =>
    call({ method: 'POST', url: '/api/password', cookie, body: { next } });
  clock.now = clock.now.add({ seconds: 1 });
  const known = cookieOf(await signIn('tashi', testPassword));
  expect(problemOf(await set(known, 'another long sentence'))).toBe('wrong-credentials');
  const late = await enter();
  clock.now = clock.now.add({ minutes: 10 });
  expect(problemOf(await set(late, 'another long sentence'))).toBe('wrong-credentials');
  const cookie = await enter();
  expect((await call({ url: '/api/me', cookie })).json()).toMatchObject({
    mayForgetPassword: true,
  });
  expect(problemOf(await set(cookie, 'password123'))).toBe('common-password');
  expect((await set(cookie, 'another long sentence')).statusCode).toBe(204);
  expect((await signIn('tashi', 'another long sentence')).statusCode).toBe(204);
});

test('coming in by a link is known although the clock goes on between two looks', async () => {
  const { console, accountId } = await withPassword();
  await using _ = console;
  const { call, clock, store } = console;
  const { token } = await issueSignInLink(store.pool, { accountId, now: clock.now });
  let at = clock.now;
  Object.defineProperty(clock, 'now', { get: () => (at = at.add({ milliseconds: 5 })) });
  const reply = await call({ method: 'POST', url: '/api/session/link', body: { token } });
  const me = await call({ url: '/api/me', cookie: cookieOf(reply) });
  expect(me.json()).toMatchObject({ mayForgetPassword: true });
});

test('signing in again in the same browser ends the session before, and signing out is in the audit', async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  const { call } = console;
  const before = cookieOf(await signIn('tashi', testPassword));
  const body = { login: 'tashi', password: testPassword };
  const again = cookieOf(await call({ method: 'POST', url: '/api/session', body, cookie: before }));
  const status = async (cookie: string) => (await call({ url: '/api/me', cookie })).statusCode;
  expect([await status(before), await status(again)]).toEqual([401, 200]);
  await call({ method: 'DELETE', url: '/api/session', cookie: again });
  const [row] = await listAudit(console.store.pool, { scope: region, before: null, limit: 1 });
  expect(row?.what).toBe('session.ended');
});

async function withPassword() {
  const { console, token, accountId } = await withLink();
  const body = { token, login: 'tashi', password: testPassword };
  await console.call({ method: 'POST', url: '/api/session/link', body });
  const signIn = (login: string, password: string, address = '10.0.0.1') =>
    console.call({ method: 'POST', url: '/api/session', body: { login, password }, address });
  return { console, signIn, accountId };
}

test('a wrong password and an unknown login get the same answer', async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  const wrong = await signIn('tashi', 'not the password');
  const unknown = await signIn('nobody', 'not the password');
  expect(wrong.statusCode).toBe(401);
  expect(unknown.statusCode).toBe(wrong.statusCode);
  expect(unknown.body).toBe(wrong.body);
  expect((await signIn('TASHI', testPassword)).statusCode).toBe(204);
});

test('too many wrong passwords close a login for everybody, also for the right one, for a while', async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  // At once and from different addresses: none may slip under the ceiling.
  const replies = await Promise.all(
    Array.from({ length: limits.failuresPerLogin + 6 }, (_, index) =>
      signIn('tashi', 'wrong', `10.2.0.${index}`),
    ),
  );
  const judged = replies.filter((reply) => reply.statusCode === 401).length;
  expect(judged).toBeLessThanOrEqual(limits.failuresPerLogin);
  const locked = await signIn('tashi', testPassword, '10.2.1.1');
  expect([locked.statusCode, problemOf(locked)]).toEqual([429, 'too-many-attempts']);
  console.clock.now = console.clock.now.add({ minutes: limits.failureWindowMinutes, seconds: 1 });
  expect((await signIn('tashi', testPassword, '10.2.1.1')).statusCode).toBe(204);
});

test('one address may not try many logins, or ask more than the rate allows', async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  const codes: number[] = [];
  for (let turn = 0; turn < limits.signInsPerMinute + 1; turn += 1) {
    codes.push((await signIn(`login-${turn}`, 'wrong', '10.3.0.1')).statusCode);
  }
  expect(codes.filter((code) => code === 401)).toHaveLength(limits.signInsPerMinute);
  expect(codes.at(-1)).toBe(429);
});

test('the session cookie is closed to scripts and other sites, and its token is not in the database', async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  const reply = await signIn('tashi', testPassword);
  const set = String(reply.headers['set-cookie']);
  expect(set).toMatch(/HttpOnly/);
  expect(set).toMatch(/SameSite=Strict/);
  const token = cookieOf(reply).split('=')[1] ?? '';
  expect(token).toHaveLength(43);
  const { rows } = await console.store.pool.query<{ text: string }>(
    'select session::text as text from session',
  );
  expect(rows.some((row) => row.text.includes(token))).toBe(false);
});

test('a session ends by idling, by age, by signing out and by being ended from another browser', async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  const { clock, call } = console;
  const status = async (cookie: string) => (await call({ url: '/api/me', cookie })).statusCode;

  const idle = cookieOf(await signIn('tashi', testPassword));
  clock.now = clock.now.add({ minutes: limits.sessionIdleMinutes, seconds: 1 });
  expect(await status(idle)).toBe(401);

  const old = cookieOf(await signIn('tashi', testPassword));
  for (let hour = 1; hour < limits.sessionAbsoluteMinutes / 60; hour += 1) {
    clock.now = clock.now.add({ hours: 1 });
    expect(await status(old)).toBe(200);
  }
  clock.now = clock.now.add({ hours: 1, seconds: 1 });
  expect(await status(old)).toBe(401);

  const out = cookieOf(await signIn('tashi', testPassword));
  await call({ method: 'DELETE', url: '/api/session', cookie: out });
  expect(await status(out)).toBe(401);

  const [mine, other] = [await signIn('tashi', testPassword), await signIn('tashi', testPassword)];
  const list = await call({ url: '/api/sessions', cookie: cookieOf(mine) });
  const sessions = list.json<{ sessionId: string; current: boolean }[]>();
  expect(sessions).toHaveLength(2);
  const target = sessions.find((session) => !session.current)?.sessionId ?? '';
  await call({ method: 'DELETE', url: `/api/sessions/${target}`, cookie: cookieOf(mine) });
  expect(await status(cookieOf(other))).toBe(401);
  expect(await status(cookieOf(mine))).toBe(200);
});

test("nobody ends somebody else's session", async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  const mine = cookieOf(await signIn('tashi', testPassword));
  const stranger = await console.signIn(['dispatcher'], region);
  const list = await console.call({ url: '/api/sessions', cookie: mine });
  const [own] = list
    .json<{ sessionId: string; current: boolean }[]>()
    .filter((each) => each.current);
  const url = `/api/sessions/${own?.sessionId ?? ''}`;
  expect((await console.call({ method: 'DELETE', url, cookie: stranger })).statusCode).toBe(404);
  expect((await console.call({ url: '/api/me', cookie: mine })).statusCode).toBe(200);
});

test('signing in, and failing to, stands in the audit without what was typed', async () => {
  const { console, signIn } = await withPassword();
  await using _ = console;
  await signIn('my-secret-typed-here', 'wrong');
  await signIn('tashi', testPassword);
  const rows = await listAudit(console.store.pool, { scope: region, before: null, limit: 50 });
  expect(rows.map((row) => row.what)).toEqual([
    'session.opened',
    'session.refused',
    'session.opened-by-link',
  ]);
  expect(JSON.stringify(rows)).not.toContain('my-secret');
});
