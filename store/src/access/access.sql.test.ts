import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { createAccount, disableAccount, findAccountByLogin, setCredentials } from './account.ts';
import { appendAudit, listAudit, verifyAudit } from './audit.ts';
import { createSession, listSessions, useSession } from './session.ts';
import { forgetSignInFailures, noteSignInAttempt } from './sign-in-failure.ts';
import { findSignInLink, issueSignInLink, useSignInLink } from './sign-in-link.ts';
import { findViewerToken, issueViewerToken, revokeViewerToken } from './viewer-token.ts';

const now = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const idle = Temporal.Duration.from({ hours: 2 });

describe.each(engines)('access on $name', ({ open }) => {
  let store: TestStore;
  let accountId: string;
  beforeAll(async () => {
    store = await open();
    accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: '540235', now });
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('a login is taken once, and an account takes one once', async () => {
    const set = (id: string, login: string) =>
      setCredentials(store.pool, { accountId: id, login, passwordHash: 'hash' });
    expect(await set(accountId, 'tashi')).toBe(true);
    expect(await set(accountId, 'other')).toBe(false);
    const second = await createAccount(store.pool, { roles: ['viewer'], region: '5402', now });
    expect(await set(second, 'tashi')).toBe(false);
    expect((await findAccountByLogin(store.pool, 'tashi'))?.accountId).toBe(accountId);
  });

  test('a link is looked at without being used, and used once', async () => {
    const { token } = await issueSignInLink(store.pool, { accountId, now });
    expect(await findSignInLink(store.pool, { token, now })).toBe(accountId);
    expect(await useSignInLink(store.pool, { token, now })).toBe(accountId);
    expect(await findSignInLink(store.pool, { token, now })).toBeNull();
    expect(await useSignInLink(store.pool, { token, now })).toBeNull();
  });

  test('a session lives until it idles, ends, or its account is closed', async () => {
    const session = { accountId, address: '10.0.0.1', agent: 'x'.repeat(400), now };
    const lifetime = Temporal.Duration.from({ hours: 3 });
    const { token } = await createSession(store.pool, { ...session, lifetime });
    const use = (at: Temporal.Instant) => useSession(store.pool, { token, now: at, idle });
    expect(await use(now.add({ hours: 1 }))).toMatchObject({ login: 'tashi', region: '540235' });
    // Used at one hour: idle from three on; its absolute end is the same moment.
    expect(await use(now.add({ hours: 2, minutes: 59 }))).not.toBeNull();
    expect(await use(now.add({ hours: 3 }))).toBeNull();
    expect(await listSessions(store.pool, { accountId, now, idle })).toHaveLength(1);
    await disableAccount(store.pool, { accountId, now, actor: 'system:test' });
    expect(await use(now.add({ hours: 1 }))).toBeNull();
  });

  test('wrong passwords are counted for the login and the address within the window', async () => {
    const window = Temporal.Duration.from({ minutes: 15 });
    const note = (login: string, address: string, at = now) =>
      noteSignInAttempt(store.pool, { login, address, now: at, window });
    await note('dawa', 'a');
    await note('dawa', 'b');
    const third = await note('nyima', 'a');
    expect(third).toMatchObject({ ofLogin: 1, ofAddress: 2 });
    await forgetSignInFailures(store.pool, { attemptId: third.attemptId, login: 'nyima' });
    const later = await note('dawa', 'a', now.add({ minutes: 16 }));
    expect(later).toMatchObject({ ofLogin: 1, ofAddress: 1 });
  });

  test('a screen token opens its region until it is revoked, by somebody above it alone', async () => {
    const issue = { region: '540235', label: '大厅', now };
    const { token, tokenId } = await issueViewerToken(store.pool, issue);
    const revoke = (scope: string) => revokeViewerToken(store.pool, { tokenId, scope, now });
    expect((await findViewerToken(store.pool, token))?.region).toBe('540235');
    expect(await revoke('540221')).toBe(false);
    expect(await revoke('5402')).toBe(true);
    expect(await findViewerToken(store.pool, token)).toBeNull();
  });

  test('the audit is one chain', async () => {
    const entry = { who: 'account:藏', what: 'people.read', region: '540235', purpose: '"x"' };
    await appendAudit(store.pool, { entry: { ...entry, subject: null }, now });
    await appendAudit(store.pool, { entry: { ...entry, subject: 'person:1' }, now });
    expect(await verifyAudit(store.pool)).toMatchObject({ rows: 2, brokenAt: null });
    const [last] = await listAudit(store.pool, { scope: '5402', before: null, limit: 1 });
    expect(last).toEqual({ seq: 2, at: '2026-11-23T04:00:00.000Z', ...entry, subject: 'person:1' });
  });
});
