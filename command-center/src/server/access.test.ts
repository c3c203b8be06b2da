import { randomUUID } from 'node:crypto';
import type { AccountView, Page, ScreenView } from '@sightline/contracts';
import { listAudit } from '@sightline/store';
import { expect, test } from 'vitest';
import { viewerCookie } from './read-viewer.ts';
import {
  cookieOf,
  openTestConsole,
  problemOf,
  testPassword,
  type TestConsole,
} from './testing-console.ts';

async function openAccess() {
  const console = await openTestConsole();
  const cookie = await console.signIn(['security-administrator'], '540235');
  const post = (url: string, body: unknown = {}, key = randomUUID()) =>
    console.call({ method: 'POST', url, cookie, body, key });
  return { console, cookie, post };
}

async function accountsSeenBy(
  console: TestConsole,
  cookie: string,
): Promise<readonly AccountView[]> {
  const reply = await console.call({ url: '/api/accounts', cookie });
  return reply.json<Page<AccountView>>().items;
}

test('an account made here signs in by its link with its own role and region; a repeated order makes one', async () => {
  const { console, cookie, post } = await openAccess();
  await using _ = console;
  const key = randomUUID();
  const body = { region: '540235100', roles: ['dispatcher'] };
  const [one, two] = [
    await post('/api/accounts', body, key),
    await post('/api/accounts', body, key),
  ];
  expect(two.body).toBe(one.body);
  const { token, accountId } = one.json<{ token: string; accountId: string }>();
  const used = await console.call({
    method: 'POST',
    url: '/api/session/link',
    body: { token, login: 'dawa', password: testPassword },
  });
  const me = await console.call({ url: '/api/me', cookie: cookieOf(used) });
  expect(me.json()).toMatchObject({ login: 'dawa', roles: ['dispatcher'], region: '540235100' });
  const accounts = await accountsSeenBy(console, cookie);
  expect(accounts).toHaveLength(2);

  await post(`/api/accounts/${accountId}/close`);
  expect((await console.call({ url: '/api/me', cookie: cookieOf(used) })).statusCode).toBe(401);
  const again = await console.call({
    method: 'POST',
    url: '/api/session',
    body: { login: 'dawa', password: testPassword },
  });
  expect(problemOf(again)).toBe('wrong-credentials');
});

test('nobody closes the account they use, or one of another region', async () => {
  const { console, cookie, post } = await openAccess();
  await using _ = console;
  const [own] = await accountsSeenBy(console, cookie);
  expect(problemOf(await post(`/api/accounts/${own?.accountId ?? ''}/close`))).toBe('own-account');
  const upper = await console.signIn(['security-administrator'], '5402');
  const all = await accountsSeenBy(console, upper);
  const other = all.find((account) => account.region === '5402');
  const reply = await post(`/api/accounts/${other?.accountId ?? ''}/close`);
  expect([reply.statusCode, problemOf(reply)]).toEqual([403, 'outside-scope']);
  expect(problemOf(await post(`/api/accounts/${randomUUID()}/close`))).toBe('no-such-account');
});

test('a screen link is shown once, works, and ends when revoked; its token is stored nowhere', async () => {
  const { console, cookie, post } = await openAccess();
  await using _ = console;
  const made = await post('/api/screens', { region: '540235', label: '指挥大厅' });
  const { token, tokenId } = made.json<{ token: string; tokenId: string }>();
  const screen = `${viewerCookie}=${token}`;
  expect((await console.call({ url: '/api/me', cookie: screen })).json()).toMatchObject({
    kind: 'viewer',
    login: null,
    roles: ['viewer'],
  });
  const opening = { method: 'POST', url: '/api/viewer-session', body: { token } } as const;
  expect((await console.call(opening)).statusCode).toBe(204);
  const [opened] = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 1 });
  expect(opened?.what).toBe('screen.opened');
  const list = await console.call({ url: '/api/screens', cookie });
  expect(list.json<ScreenView[]>()).toMatchObject([{ label: '指挥大厅', revokedAt: null }]);
  const { rows } = await console.store.pool.query<{ text: string }>(
    'select command::text as text from command union all select viewer_token::text from viewer_token',
  );
  expect(list.body + rows.map((row) => row.text).join()).not.toContain(token);
  await post(`/api/screens/${tokenId}/revoke`);
  expect((await console.call({ url: '/api/me', cookie: screen })).statusCode).toBe(401);
  expect(problemOf(await post(`/api/screens/${randomUUID()}/revoke`))).toBe('no-such-screen');
});

test('a new password ends the other sessions, needs the one before, and counts wrong ones', async () => {
  const { console } = await openAccess();
  await using _ = console;
  const cookie = await console.signIn(['dispatcher'], '5402');
  const { login } = (await console.call({ url: '/api/me', cookie })).json<{ login: string }>();
  const other = cookieOf(
    await console.call({
      method: 'POST',
      url: '/api/session',
      body: { login, password: testPassword },
    }),
  );
  const change = (current: string, next: string) =>
    console.call({ method: 'POST', url: '/api/password', cookie, body: { current, next } });
  expect(problemOf(await change('wrong', 'another long sentence'))).toBe('wrong-credentials');
  expect(problemOf(await change(testPassword, 'short'))).toBe('bad-password');
  expect((await change(testPassword, 'another long sentence')).statusCode).toBe(204);
  expect((await console.call({ url: '/api/me', cookie })).statusCode).toBe(200);
  expect((await console.call({ url: '/api/me', cookie: other })).statusCode).toBe(401);
  const rows = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 1 });
  expect(rows[0]?.what).toBe('password.changed');
});
