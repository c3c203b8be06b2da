import { listAudit, seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { issueMachineLink } from './machine-link.ts';
import { openTestConsole } from './server/testing-console.ts';
import { codeAt, makeKeyFile, signInUnproven } from './server/testing-factor.ts';

test('each administrator has an account of their own, made once, and every link stands in the audit', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  for (const role of ['system', 'security', 'audit', 'system']) {
    await issueMachineLink(store, { role });
  }
  const { rows } = await store.pool.query<{ roles: string[]; region: string }>(
    'select roles, region from account order by created_at',
  );
  expect(rows.map((row) => row.roles)).toEqual([
    ['system-administrator'],
    ['security-administrator'],
    ['audit-administrator'],
  ]);
  const audit = await listAudit(store.pool, { scope: '5402', before: null, limit: 9 });
  expect(audit.map((row) => [row.who, row.what])).toEqual(
    Array.from({ length: 4 }, () => ['system:machine', 'account.link']),
  );
});

test('what is no administrator, and no region, is said in one sentence and changes nothing', async () => {
  await using store = await openTestStore();
  const link = (role: string, region?: string) => issueMachineLink(store, { role, region });
  await expect(link('dispatcher')).rejects.toThrow(/^"dispatcher" is no administrator: system, /);
  await expect(link('audit', 'nowhere')).rejects.toThrow('"nowhere" is no region code.');
  await expect(link('audit')).rejects.toThrow('The register is empty');
  expect((await store.pool.query('select 1 from account')).rows).toEqual([]);
});

test('a reset forgets the lost device and ends its sessions; the link leads to setting up anew', async () => {
  using key = makeKeyFile();
  await using console = await openTestConsole({ registerKeyFile: key.file });
  // The machine reads its own clock.
  console.clock.now = Temporal.Now.instant();
  const who = await signInUnproven(console, ['audit-administrator']);
  const { secret } = await who.setUp();
  const { token } = await issueMachineLink(console.store, {
    role: 'audit',
    resetSecondFactor: true,
  });
  expect((await console.call({ url: '/api/me', cookie: who.cookie })).statusCode).toBe(401);
  const opened = await console.call({ method: 'POST', url: '/api/session/link', body: { token } });
  who.cookie = opened.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const me = await console.call({ url: '/api/me', cookie: who.cookie });
  expect(me.json()).toMatchObject({ login: who.login, secondFactor: 'to-set-up' });
  console.clock.now = console.clock.now.add({ seconds: 30 });
  const old = await who.post('/prove', { code: codeAt(secret, console.clock.now) });
  expect(old.json()).toMatchObject({ code: 'no-second-factor' });
  const audit = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 9 });
  expect(audit.map((row) => row.what)).toContain('second-factor.reset');
});
