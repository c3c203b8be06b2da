import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appendAudit, seedDivisions } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePortBase } from './testing/fixture.ts';

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

async function care(words: readonly string[], databaseUrl = store.databaseUrl): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, INIT_CWD: dir };
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
    expect(taken.err).toContain('audit: 5');
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

  it('names the first row at which the audit is broken', async () => {
    await using broken = await openTestStore();
    for (let index = 0; index < 4; index += 1) {
      const entry = { who: 'system:test', what: 't', region: '5402', purpose: 'p', subject: null };
      await appendAudit(broken.pool, { entry, now });
    }
    await broken.pool.query('alter table audit disable trigger user');
    await broken.pool.query(`update audit set body = replace(body, '"p"', '"q"') where seq = 3`);
    const { code, out } = await care(['audit', 'verify'], broken.databaseUrl);
    expect([code, out]).toEqual([1, expect.stringContaining('The audit is broken at row 3.')]);
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
  }, 120_000);

  it('answers a wrong word with what there is', async () => {
    const { code, err } = await care(['bakcup', 'x']);
    expect([code, err]).toEqual([1, expect.stringContaining('"bakcup" is no command.')]);
    expect((await care(['backup'])).err).toContain('Say which file: backup FILE.');
    expect((await care(['status', '--dta', 'x'])).err).toContain("Unknown option '--dta'");
  }, 120_000);
});
