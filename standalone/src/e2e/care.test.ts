import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appendAudit, findRunningEmbedded, seedDivisions } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePortBase, testEnvironment } from './testing/fixture.ts';

const program = fileURLToPath(new URL('../care-main.ts', import.meta.url));
const now = Temporal.Instant.from('2026-11-26T04:00:00Z');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let dir: string;
let store: TestStore;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sightline-care-'));
  await chmod(dir, 0o755); // The embedded server's account must get in.
  store = await openTestStore();
  await seedDivisions(store.pool);
  for (let index = 0; index < 5; index += 1) {
    const entry = { who: 'system:test', what: 't', region: '5402', purpose: 'p', subject: null };
    await appendAudit(store.pool, { entry, now });
  }
}, 120_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

/** `databaseUrl` null: the embedded one of the data folder. */
async function care(
  words: readonly string[],
  databaseUrl: string | null = store.databaseUrl,
): Promise<Ended> {
  const env = testEnvironment({
    INIT_CWD: dir,
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  });
  const child = spawn(process.execPath, [program, ...words], { env, timeout: 120_000 });
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

describe('npm run -s sightline', () => {
  it('backs up, restores elsewhere and finds every chain whole there', async () => {
    const taken = await care(['backup', 'all.backup', '--json']);
    expect([taken.code, JSON.parse(taken.out)]).toMatchObject([0, { audit: { seq: 5 } }]);
    expect(taken.err).toContain('audit: 5 rows, 0.0 MB');
    const again = await care(['backup', 'all.backup']);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('is there already')]);
    await using other = await openTestStore({ empty: true });
    const restored = await care(['restore', 'all.backup'], other.databaseUrl);
    expect([restored.code, restored.out]).toEqual([
      0,
      expect.stringContaining('every chain holds'),
    ]);
    const verified = await care(['audit', 'verify', '--json'], other.databaseUrl);
    expect([verified.code, JSON.parse(verified.out)]).toMatchObject([
      0,
      { audit: { rows: 5, brokenAt: null }, custody: null },
    ]);
  }, 240_000);

  it('keeps an installation of its own database: encrypted, moved to another folder, asked for its end', async () => {
    const passphrase = ['--passphrase-file', 'passphrase'];
    await writeFile(join(dir, 'passphrase'), 'twelve letters and more\n');
    const taken = await care(['backup', 'sealed.backup', ...passphrase]);
    expect([taken.code, taken.out]).toEqual([0, expect.stringContaining('It is encrypted')]);
    const base = await freePortBase();
    const here = ['--data', 'moved', '--port-base', String(base)];
    const nothing = await care(['backup', 'none.backup', ...here], null);
    expect([nothing.code, nothing.err]).toEqual([
      1,
      expect.stringContaining('There is no installation in'),
    ]);
    const closed = await care(['restore', 'sealed.backup', ...here], null);
    expect([closed.code, closed.err]).toEqual([1, expect.stringContaining('is encrypted: name')]);
    const restored = await care(['restore', 'sealed.backup', ...here, ...passphrase], null);
    expect([restored.code, restored.err]).toEqual([0, expect.stringContaining('audit: 5 rows')]);
    const again = await care(['backup', 'moved.backup', ...here, '--json'], null);
    expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { audit: { seq: 5 } }]);

    const dataDir = join(dir, 'moved');
    const status = await care(['status', ...here], null);
    expect(status.out).toContain('None runs for');
    expect(status.out).toContain('moved.backup');
    expect(await findRunningEmbedded(dataDir)).toBeNull();

    expect((await care(['audit', 'verify', ...here], null)).code).toBe(0);
    const note = join(dataDir, 'last-backup.json');
    await writeFile(note, (await readFile(note, 'utf8')).replace('"seq":5', '"seq":6'));
    const cut = await care(['audit', 'verify', ...here], null);
    expect([cut.code, cut.out]).toEqual([
      1,
      expect.stringContaining('at row 6: It is whole, and not'),
    ]);
  }, 300_000);

  it('names the first row at which the audit is broken', async () => {
    await using broken = await openTestStore();
    for (let index = 0; index < 4; index += 1) {
      const entry = { who: 'system:test', what: 't', region: '5402', purpose: 'p', subject: null };
      await appendAudit(broken.pool, { entry, now });
    }
    await broken.pool.query('alter table audit disable trigger user');
    await broken.pool.query(`update audit set body = replace(body, '"p"', '"q"') where seq = 3`);
    const { code, out } = await care(['audit', 'verify'], broken.databaseUrl);
    expect([code, out]).toEqual([1, expect.stringContaining('The audit is broken at row 3: What')]);
    expect(out).toMatch(/expected: [0-9a-f]{64}\n.*found: [0-9a-f]{64}\n/);
  }, 120_000);

  it('doctor names a database of a newer program, and one that does not flush', async () => {
    await using newer = await openTestStore();
    await newer.pool.query(`insert into migration (name, checksum) values ('9999-later', 'ab')`);
    const { code, out } = await care(['doctor'], newer.databaseUrl);
    expect([code, out]).toEqual([1, expect.stringContaining('does not know 9999-later')]);
    const name = new URL(newer.databaseUrl).pathname.slice(1);
    await newer.pool.query(`alter database ${name} set synchronous_commit = off`);
    const lax = await care(['doctor'], newer.databaseUrl);
    expect(lax.out).toContain('has synchronous_commit switched off');
  }, 120_000);

  it('doctor names a port somebody else holds, and a database that does not answer', async () => {
    const base = await freePortBase();
    const stranger = createServer().listen(base + 1, '127.0.0.1');
    await once(stranger, 'listening');
    try {
      const gone = `postgres://nobody:secret@127.0.0.1:${base + 4}/none`;
      const { code, out } = await care(['doctor', '--port-base', String(base)], gone);
      expect(code).toBe(1);
      expect(out).toContain(`Port ${base + 1} (mqtt)`);
      expect(out).toContain(`taken by process ${process.pid}`);
      expect(out).toMatch(/Data folder: .*not made yet/);
      expect(out).toMatch(/✖ 数据库 Database: .*cannot be opened/);
      expect(out).not.toContain('secret');
    } finally {
      stranger.close();
    }
  }, 120_000);

  it('status says that nothing runs, and what the register knows all the same', async () => {
    const base = await freePortBase();
    const { code, out } = await care(['status', '--port-base', String(base)]);
    expect(code).toBe(1);
    expect(out).toContain('没有运行 Not running');
    expect(out).toContain('not equipped: 1693');
    const gone = `postgres://nobody:secret@127.0.0.1:${base + 4}/none`;
    const away = await care(['status', '--port-base', String(base), '--json'], gone);
    expect([away.code, JSON.parse(away.out)]).toMatchObject([
      1,
      { isRunning: false, problem: expect.stringContaining('cannot be opened') },
    ]);
    expect(away.out).not.toContain('secret');
  }, 120_000);

  it('answers a wrong word with what there is', async () => {
    const { code, err } = await care(['bakcup', 'x']);
    expect([code, err]).toEqual([1, expect.stringContaining('"bakcup" is no command.')]);
    const short = await care(['backup', 'x.backup', '--passphrase-file', 'missing']);
    expect(short.err).toContain('The passphrase file');
    expect((await care(['backup'])).err).toContain('Say which file: backup FILE.');
    expect((await care(['status', '--dta', 'x'])).err).toContain("Unknown option '--dta'");
  }, 120_000);
});
