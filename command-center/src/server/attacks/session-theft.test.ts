import { listAudit, seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { accountCookie, cookieNames } from '../read-viewer.ts';
import { openTestConsole, problemOf, testPassword, type TestConsole } from '../testing-console.ts';
import { linkFor, makeKeyFile, signInUnproven } from '../testing-factor.ts';
import { limits } from '#limits.ts';
import { startCentreOn } from '#testing/start-test-centre.ts';

/* Somebody has copied a cookie: how long it is worth anything. */

async function open() {
  const console = await openTestConsole();
  const victim = await signInUnproven(console, ['dispatcher']);
  const isAlive = async (cookie: string) =>
    (await console.call({ url: '/api/sessions', cookie })).statusCode === 200;
  return { console, victim, isAlive };
}

const end = (console: TestConsole, url: string, cookie: string) =>
  console.call({ method: 'DELETE', url, cookie });

test('a copied cookie dies when its owner signs out, ends it, or idles, and after half a day', async () => {
  const { console, victim, isAlive } = await open();
  await using _ = console;
  const { clock } = console;
  const signIn = async () => {
    const body = { login: victim.login, password: testPassword };
    const reply = await console.call({ method: 'POST', url: '/api/session', body });
    return reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  };
  expect(await isAlive(victim.cookie)).toBe(true);
  await end(console, '/api/session', victim.cookie);
  expect(await isAlive(victim.cookie)).toBe(false);

  const [copied, own] = [await signIn(), await signIn()];
  const list = await console.call({ url: '/api/sessions', cookie: own });
  const other = list.json<{ sessionId: string; current: boolean }[]>().find((s) => !s.current);
  await end(console, `/api/sessions/${other?.sessionId ?? ''}`, own);
  expect([await isAlive(copied), await isAlive(own)]).toEqual([false, true]);

  clock.now = clock.now.add({ minutes: limits.sessionIdleMinutes, seconds: 1 });
  expect(await isAlive(own)).toBe(false);

  const kept = await signIn();
  for (let hours = 1; hours < limits.sessionAbsoluteMinutes / 60; hours += 1) {
    clock.now = clock.now.add({ hours: 1 });
    await isAlive(kept);
  }
  expect(await isAlive(kept)).toBe(true);
  clock.now = clock.now.add({ hours: 1 });
  expect(await isAlive(kept)).toBe(false);
});

test('a new password ends what was copied before, and so does the security administrator', async () => {
  const { console, victim, isAlive } = await open();
  await using _ = console;
  const url = '/api/session';
  const body = { login: victim.login, password: testPassword };
  const reply = await console.call({ method: 'POST', url, body });
  const copied = reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const change = { current: testPassword, next: 'another long sentence' };
  const { cookie } = victim;
  await console.call({ method: 'POST', url: '/api/password', cookie, body: change });
  expect([await isAlive(copied), await isAlive(cookie)]).toEqual([false, true]);

  const guard = await console.signIn(['security-administrator'], '5402');
  const sessions = `/api/accounts/${victim.accountId}/sessions`;
  const seen = await console.call({ url: sessions, cookie: guard });
  expect(seen.json()).toMatchObject([{ address: '127.0.0.1', current: false }]);
  expect((await end(console, sessions, guard)).json()).toEqual({ ended: 1 });
  expect(await isAlive(cookie)).toBe(false);
  const next = await console.signIn(['security-administrator'], '540221');
  const refused = await end(console, sessions, next);
  expect([refused.statusCode, problemOf(refused)]).toEqual([403, 'outside-scope']);
});

test('a copied cookie shown by another browser ends the session for both, and the audit says so', async () => {
  const { console, victim, isAlive } = await open();
  await using _ = console;
  const { cookie } = victim;
  const thief = { 'user-agent': 'another browser' };
  const stolen = await console.call({ url: '/api/sessions', cookie, headers: thief });
  expect([stolen.statusCode, problemOf(stolen)]).toEqual([401, 'not-signed-in']);
  expect(await isAlive(cookie)).toBe(false);
  await console.call({ url: '/api/sessions', cookie, headers: thief });
  const rows = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 9 });
  const said = rows.filter(({ what }) => what === 'session.ended-in-another-browser');
  expect(said).toMatchObject([{ who: 'system:sign-in', region: '5402' }]);
});

test('a cookie copied before the second factor was proved gets none of its rights', async () => {
  using key = makeKeyFile();
  await using console = await openTestConsole({ registerKeyFile: key.file });
  const who = await signInUnproven(console, ['audit-administrator']);
  const copied = who.cookie;
  await who.setUp();
  const audit = (cookie: string) => console.call({ url: '/api/audit', cookie });
  expect((await audit(who.cookie)).statusCode).toBe(200);
  expect((await audit(copied)).statusCode).toBe(401);
});

test('a made-up, cut, doubled or foreign cookie is nobody', async () => {
  const { console, victim, isAlive } = await open();
  await using _ = console;
  const token = victim.cookie.split('=')[1] ?? '';
  const tries = [
    `${accountCookie}=`,
    `${accountCookie}=${'a'.repeat(43)}`,
    `${accountCookie}=${token.slice(0, -1)}`,
    `${accountCookie}=${token}x`,
    `${accountCookie}=${token.toLowerCase()}`,
    `__Host-${accountCookie}=${token}`,
    `sightline-viewer=${token}`,
    `${accountCookie}=' or '1'='1`,
    `${accountCookie}=%00${token}`,
  ];
  for (const cookie of tries) expect([cookie, await isAlive(cookie)]).toEqual([cookie, false]);
  expect(await isAlive(victim.cookie)).toBe(true);
});

test('behind TLS the cookie is the host’s own (__Host-), Secure, and one without that name counts for nothing', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const publicHosts = ['duty.example'];
  await using centre = await startCentreOn(store, { publicHosts });
  const now = Temporal.Now.instant();
  const { token } = await linkFor(store, { roles: ['dispatcher'], now });
  const origin = 'https://duty.example';
  // The proxy stands on this machine, and hands the public name on; `fetch` may not set a Host.
  const { url } = centre;
  const reply = await centre.app.inject({
    method: 'POST',
    url: '/api/session/link',
    headers: { host: 'duty.example', origin },
    payload: { token, login: 'tashi', password: testPassword },
  });
  const set = String(reply.headers['set-cookie']);
  expect(set).toMatch(/^__Host-sightline-session=[\w-]{43}; /);
  expect(set).toMatch(/; Secure/);
  expect(set).toMatch(/; Path=\//);
  expect(set).not.toMatch(/Domain/i);
  const value = /=([\w-]{43})/.exec(set)?.[1] ?? '';
  const status = async (name: string) => {
    const me = await fetch(`${url}/api/me`, {
      headers: { cookie: `${name}=${value}`, 'user-agent': 'lightMyRequest' },
    });
    await me.body?.cancel();
    return me.status;
  };
  expect(await status(cookieNames({ secure: true }).account)).toBe(200);
  expect(await status(accountCookie)).toBe(401);
});
