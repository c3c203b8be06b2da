import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportState } from '@sightline/contracts';
import { expireImports, listImports, recoverImports, seedDivisions } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { checkFile } from '#register-import/import-file.ts';
import { openVault } from '#register-import/open-vault.ts';
import {
  memberCells,
  registerSums,
  syntheticNumber,
  topCells,
  workbookOf,
} from '#register-import/testing-imports.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const main = fileURLToPath(new URL('../register-import/import-main.ts', import.meta.url));
const patience = { timeout: 120_000, interval: 10 };
const rows = 12_000;

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sightline-killed-'));
  writeFileSync(join(dir, 'register.key'), randomBytes(32));
  writeFileSync(join(dir, 'o.xlsx'), await workbookOf('organisations', [topCells]));
  const members = Array.from({ length: rows }, (_, index) => {
    const bornOn = Temporal.PlainDate.from('1970-01-01')
      .add({ days: index >> 1 })
      .toString();
    const number = syntheticNumber(bornOn, 900 + (index % 2));
    const sex = index % 2 === 1 ? '男' : '女';
    return memberCells(1, { 公民身份号码: number, 出生日期: bornOn, 性别: sex });
  });
  writeFileSync(join(dir, 'm.xlsx'), await workbookOf('members', members));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function startImport(store: TestStore): ChildProcess {
  return fork(main, [join(dir, 'o.xlsx'), join(dir, 'm.xlsx')], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: store.databaseUrl,
      SIGHTLINE_REGISTER_KEY_FILE: join(dir, 'register.key'),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

const membersImport = async (store: TestStore) => {
  const [newest] = await listImports(store.pool, { scope: '5402', before: null, limit: 1 });
  if (newest?.kind !== 'members') throw new Error('The members have not begun.');
  return newest;
};

test.each(['reading', 'applying'] as const)(
  'an import whose process is killed while %s is found failed at the next start, with nothing changed',
  async (state: ImportState) => {
    await using store = await openTestStore();
    await seedDivisions(store.pool);
    const child = startImport(store);
    const ended = once(child, 'exit');
    await vi.waitFor(() => membersImport(store), patience);
    const before = await registerSums({ store });
    const seen = await vi.waitFor(async () => {
      const newest = await membersImport(store);
      const isThere = newest.state === state && (state === 'applying' || newest.rowsRead > 0);
      if (!isThere) throw new Error(`It is ${newest.state}.`);
      return newest;
    }, patience);
    // Somebody is at it: a server that starts beside it lets it be.
    expect(await recoverImports(store)).toEqual([seen.importId]);
    child.kill('SIGKILL');
    await ended;
    await vi.waitFor(async () => expect(await recoverImports(store)).toEqual([]), patience);
    const after = await membersImport(store);
    expect(after).toMatchObject({ state: 'failed', faults: [{ code: 'interrupted' }] });
    expect(await registerSums({ store })).toEqual(before);
    const staged = await store.pool.query('select from import_row');
    expect(staged.rowCount).toBe(0);
  },
);

test('what nobody came back for within a day is gone with everything staged of it', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const at = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
  const vault = openVault(join(dir, 'register.key'));
  const file = await workbookOf('members', [memberCells(1)]);
  const asked = { kind: 'members', file, fileName: 'a.xlsx', region: '5402' } as const;
  const checked = await checkFile(store, vault, { ...asked, actor: 'system:test', now: () => at });
  expect(checked.state).toBe('checked');
  expect(await expireImports(store, at.add({ hours: 23 }))).toBe(0);
  expect(await expireImports(store, at.add({ hours: 25 }))).toBe(1);
  expect((await membersImport(store)).state).toBe('discarded');
  expect((await store.pool.query('select from import_row')).rowCount).toBe(0);
});
