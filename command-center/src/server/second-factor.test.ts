import { randomBytes } from 'node:crypto';
import type { Me, RecoveryCodesReply, SecondFactorOffer } from '@sightline/contracts';
import { listAudit } from '@sightline/store';
import { expect, test } from 'vitest';
import { limits } from '#limits.ts';
import { cookieOf, openTestConsole, problemOf, testPassword } from './testing-console.ts';
import { codeAt, makeKeyFile, signInUnproven } from './testing-factor.ts';

const step = { seconds: 30 } as const;
const audit = ['audit-administrator'] as const;

async function open(roles: Parameters<typeof signInUnproven>[1] = audit) {
  await using stack = new AsyncDisposableStack();
  const key = stack.use(makeKeyFile());
  const console = stack.use(await openTestConsole({ registerKeyFile: key.file }));
  const who = await signInUnproven(console, roles);
  const status = async (url: string, cookie = who.cookie) =>
    (await console.call({ url, cookie })).statusCode;
  const stands = async (cookie = who.cookie) =>
    (await console.call({ url: '/api/me', cookie })).json<Me>().secondFactor;
  const signIn = async () => {
    const body = { login: who.login, password: testPassword };
    who.cookie = cookieOf(await console.call({ method: 'POST', url: '/api/session', body }));
  };
  const parts = stack.move();
  return {
    console,
    clock: console.clock,
    key,
    who,
    status,
    stands,
    signIn,
    prove: (code: string) => who.post('/prove', { code }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

test('an administrator sets it up before anything else, with one code, and gets ten recovery codes once', async () => {
  await using on = await open();
  const { who, status, stands, clock } = on;
  expect(await stands()).toBe('to-set-up');
  expect([await status('/api/audit'), await status('/api/sessions')]).toEqual([403, 403]);
  const offered = (await who.post('')).json<SecondFactorOffer>();
  const wrong = await who.post('/confirm', {
    code: codeAt(offered.secret, clock.now.add({ hours: 1 })),
  });
  expect([wrong.statusCode, problemOf(wrong)]).toEqual([401, 'wrong-code']);
  const before = who.cookie;
  const reply = await who.post('/confirm', { code: codeAt(offered.secret, clock.now) });
  const { codes } = reply.json<RecoveryCodesReply>();
  expect(new Set(codes).size).toBe(10);
  // The session goes on under a new cookie; whoever kept the one before has nothing.
  expect([await status('/api/me', before), await status('/api/me')]).toEqual([401, 200]);
  expect(await stands()).toBe('proven');
  expect([await status('/api/audit'), await status('/api/sessions')]).toEqual([200, 200]);
  const own = await on.console.call({ url: '/api/second-factor', cookie: who.cookie });
  expect(own.json()).toEqual({ isSetUp: true, isRequired: true, recoveryCodesLeft: 10 });
  expect(problemOf(await who.post(''))).toBe('second-factor-set-up');
});

test('every later session proves it: a code opens once, also for two at the same moment', async () => {
  await using on = await open();
  const { secret } = await on.who.setUp();
  await on.signIn();
  expect([await on.stands(), await on.status('/api/audit')]).toEqual(['to-prove', 403]);
  expect(problemOf(await on.prove(codeAt(secret, on.clock.now)))).toBe('wrong-code'); // Its set-up used it.
  on.clock.now = on.clock.now.add(step);
  const code = codeAt(secret, on.clock.now);
  const both = await Promise.all([on.prove(code), on.prove(code)]);
  expect(both.map((reply) => reply.statusCode).toSorted((a, b) => a - b)).toEqual([204, 401]);
  expect([await on.stands(), await on.status('/api/audit')]).toEqual(['proven', 200]);
  await on.signIn();
  expect(problemOf(await on.prove(code))).toBe('wrong-code');
});

test('a recovery code opens once, however it is typed, and new ones end the rest', async () => {
  await using on = await open();
  const { secret, codes } = await on.who.setUp();
  const [first = '', second = ''] = codes;
  await on.signIn();
  expect((await on.prove(first.toLowerCase().replaceAll('-', ' '))).statusCode).toBe(204);
  await on.signIn();
  expect(problemOf(await on.prove(first))).toBe('wrong-code');
  on.clock.now = on.clock.now.add(step);
  await on.prove(codeAt(secret, on.clock.now));
  on.clock.now = on.clock.now.add(step);
  const renewed = await on.who.post('/recovery-codes', { code: codeAt(secret, on.clock.now) });
  const [third = ''] = renewed.json<RecoveryCodesReply>().codes;
  await on.signIn();
  expect(problemOf(await on.prove(second))).toBe('wrong-code');
  expect((await on.prove(third)).statusCode).toBe(204);
});

test('wrong codes lock the account’s codes for a while; the right password does not forgive them', async () => {
  await using on = await open();
  const { secret } = await on.who.setUp();
  on.clock.now = on.clock.now.add(step);
  const replies = await Promise.all(
    Array.from({ length: limits.codesPerAccount + 5 }, () => on.prove('000000')),
  );
  const judged = replies.filter((reply) => problemOf(reply) === 'wrong-code');
  expect(judged.length).toBeLessThanOrEqual(limits.codesPerAccount);
  await on.signIn();
  const locked = await on.prove(codeAt(secret, on.clock.now));
  expect([locked.statusCode, problemOf(locked)]).toEqual([429, 'too-many-codes']);
  on.clock.now = on.clock.now.add({ minutes: limits.failureWindowMinutes, seconds: 1 });
  await on.signIn();
  expect((await on.prove(codeAt(secret, on.clock.now))).statusCode).toBe(204);
});

test('after a hundred wrong codes no code opens any more, only a recovery code', async () => {
  await using on = await open();
  const { secret, codes } = await on.who.setUp();
  await on.console.store.pool.query('update second_factor set wrong_codes = $1', [
    limits.wrongCodes,
  ]);
  on.clock.now = on.clock.now.add(step);
  await on.signIn();
  expect(problemOf(await on.prove(codeAt(secret, on.clock.now)))).toBe('second-factor-locked');
  expect((await on.prove(codes[0] ?? '')).statusCode).toBe(204);
  on.clock.now = on.clock.now.add(step);
  await on.signIn();
  expect((await on.prove(codeAt(secret, on.clock.now))).statusCode).toBe(204);
});

test('giving it up takes a code, and leaves an administrator to set it up anew', async () => {
  await using on = await open();
  const { secret } = await on.who.setUp();
  expect(problemOf(await on.who.post('/remove', { code: '000000' }))).toBe('wrong-code');
  on.clock.now = on.clock.now.add(step);
  const code = codeAt(secret, on.clock.now);
  expect((await on.who.post('/remove', { code })).statusCode).toBe(204);
  expect([await on.stands(), await on.status('/api/audit')]).toEqual(['to-set-up', 403]);
  const next = await on.who.setUp();
  expect(next.secret).not.toBe(secret);
  expect(await on.stands()).toBe('proven');
});

test('others switch it on for themselves, and are then held to it', async () => {
  await using on = await open(['dispatcher']);
  const people = '/api/villages/540235100201/people?purpose=duty-watch';
  expect([await on.stands(), await on.status(people)]).toEqual([null, 200]);
  const { secret } = await on.who.setUp();
  expect([await on.stands(), await on.status(people)]).toEqual(['proven', 200]);
  await on.signIn();
  expect([await on.stands(), await on.status(people)]).toEqual(['to-prove', 403]);
  const body = { current: testPassword, next: 'another long sentence' };
  const { cookie } = on.who;
  const password = await on.console.call({ method: 'POST', url: '/api/password', cookie, body });
  expect(problemOf(password)).toBe('second-factor-needed');
  on.clock.now = on.clock.now.add(step);
  await on.prove(codeAt(secret, on.clock.now));
  on.clock.now = on.clock.now.add(step);
  await on.who.post('/remove', { code: codeAt(secret, on.clock.now) });
  expect([await on.stands(), await on.status(people)]).toEqual([null, 200]);
});

test('neither secret nor codes stand in the database, and the audit says what was done', async () => {
  await using on = await open();
  const { secret, codes } = await on.who.setUp();
  await on.prove('000000');
  const { rows } = await on.console.store.pool.query<{ text: string }>(
    `select second_factor::text as text from second_factor
     union all select recovery_code::text from recovery_code union all select body from audit`,
  );
  const all = rows.map((row) => row.text).join('\n');
  const bytes = Buffer.from(codes[0]?.replaceAll('-', '') ?? '').toString('hex');
  for (const kept of [secret, bytes, '000000']) expect(all).not.toContain(kept);
  const written = await listAudit(on.console.store.pool, { scope: '5402', before: null, limit: 3 });
  expect(written.map((row) => row.what)).toEqual([
    'second-factor.refused',
    'second-factor.set-up',
    'session.opened-by-link',
  ]);
});

test('without the key, or with another, it says what to do; a recovery code still opens', async () => {
  await using off = await openTestConsole();
  const nobody = await signInUnproven(off, audit);
  expect(problemOf(await nobody.post(''))).toBe('no-factor-key');

  await using on = await open();
  const { secret, codes } = await on.who.setUp();
  // What another key makes of it: the same as a changed row.
  await on.console.store.pool.query('update second_factor set secret = $1', [randomBytes(48)]);
  on.clock.now = on.clock.now.add(step);
  await on.signIn();
  expect(problemOf(await on.prove(codeAt(secret, on.clock.now)))).toBe('other-factor-key');
  expect((await on.prove(codes[0] ?? '')).statusCode).toBe(204);
});
