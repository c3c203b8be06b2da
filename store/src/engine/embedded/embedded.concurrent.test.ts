import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#engine/store.ts';
import { freePort } from '#testing/free-port.ts';
import { completeBinaries } from './complete-binaries.ts';
import { isAlive } from './process-life.ts';
import { startEmbeddedPostgres, type EmbeddedProgress } from './start-embedded-postgres.ts';

const main = fileURLToPath(new URL('../../postgres-main.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

interface Ready {
  readonly databaseUrl: string;
  readonly pid: number;
}

async function startChild(
  dataDir: string,
  port: number,
): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = fork(main, ['--data', dataDir, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`postgres-main ended with ${code}.`)));
    child.on('message', (message: object) => {
      // The child's own message, whose shape postgres-main.ts states.
      if ('ready' in message) resolve(message as unknown as Ready);
      if ('failed' in message) reject(new Error(String(message.failed)));
    });
  });
  return { child, ready };
}

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let dataDir: string;
  let port: number;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-embedded-'));
    await chmod(folder, 0o755);
    dataDir = join(folder, 'data');
    port = await freePort();
    await using first = await startEmbeddedPostgres({ dataDir, port });
    await query(first.databaseUrl, 'create table kept (id integer)');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const query = async (databaseUrl: string, sql: string) => {
    await using store = await openStore({ databaseUrl, applicationName: 'sightline-test' });
    return (await store.pool.query(sql)).rows;
  };

  test('is durable, speaks on the loopback only and wants its password', async () => {
    await using server = await startEmbeddedPostgres({ dataDir, port });
    expect(
      await query(
        server.databaseUrl,
        `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit',
           'full_page_writes', 'listen_addresses', 'unix_socket_directories') order by name`,
      ),
    ).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    const wrong = server.databaseUrl.replace(/:[^:@]+@/, ':wrong@');
    await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
    const mode = (await stat(join(dataDir, 'postgres-password'))).mode;
    expect(mode & 0o777).toBe(0o600);
  });

  test('goes when the process that has it loses its parent', async () => {
    const { child, ready } = await startChild(dataDir, port);
    const ended = once(child, 'exit');
    child.disconnect();
    expect(await ended).toEqual([0, null]);
    expect(await isAlive(ready.pid)).toBe(false);
  });

  test('a second opener of the same data is refused, naming the first', async () => {
    const { child } = await startChild(dataDir, port);
    await expect(startEmbeddedPostgres({ dataDir, port: await freePort() })).rejects.toThrow(
      `The data directory ${dataDir} is open in process ${child.pid}. Stop that one first, or choose ` +
        `another directory with --data.`,
    );
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  test('an orphaned server of a killed process is ended, and everything is there', async () => {
    const { child, ready } = await startChild(dataDir, port);
    await query(ready.databaseUrl, 'insert into kept values (1)');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(await isAlive(ready.pid)).toBe(true);
    const phases: EmbeddedProgress[] = [];
    await using server = await startEmbeddedPostgres({
      dataDir,
      port,
      onProgress: (progress) => phases.push(progress),
    });
    expect(phases.find(({ phase }) => phase === 'stop-leftover')?.detail).toContain(
      String(ready.pid),
    );
    expect(await isAlive(ready.pid)).toBe(false);
    expect(await query(server.databaseUrl, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  test('a pid file that names a stranger does not stop the start', async () => {
    const clusterDir = join(dataDir, 'postgres');
    await writeFile(join(clusterDir, 'postmaster.pid'), `${process.pid}\n${clusterDir}\n`, {
      mode: 0o600,
    });
    await using server = await startEmbeddedPostgres({ dataDir, port });
    expect(await query(server.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a taken port is named with its holder and the remedy', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    try {
      await expect(startEmbeddedPostgres({ dataDir, port })).rejects.toThrow(
        new RegExp(
          `^Port ${port} on 127\\.0\\.0\\.1, which the database needs, is taken by ` +
            `${process.platform === 'linux' ? `process ${process.pid} \\(.+\\)` : 'another program'}\\. ` +
            `Stop that program, or choose other ports with --port-base\\.$`,
        ),
      );
    } finally {
      await new Promise((resolve) => squatter.close(resolve));
    }
  });

  test('data of another major version are refused with one sentence', async () => {
    const versionFile = join(dataDir, 'postgres', 'PG_VERSION');
    const made = await readFile(versionFile, 'utf8');
    await writeFile(versionFile, '17\n');
    try {
      await expect(startEmbeddedPostgres({ dataDir, port })).rejects.toThrow(
        /was made by PostgreSQL 17, and this Sightline brings PostgreSQL 18\./,
      );
    } finally {
      await writeFile(versionFile, made);
    }
  });

  test('a folder with other files in the cluster’s place is left alone', async () => {
    const strange = join(folder, 'strange');
    await mkdir(join(strange, 'postgres'), { recursive: true });
    await writeFile(join(strange, 'postgres', 'letter.txt'), 'dear');
    await expect(startEmbeddedPostgres({ dataDir: strange, port })).rejects.toThrow(
      /holds 1 files but no database/,
    );
    expect(await readFile(join(strange, 'postgres', 'letter.txt'), 'utf8')).toBe('dear');
  });

  test.runIf(isRoot)(
    'below a folder only root may enter it lies elsewhere, remembered and told',
    async () => {
      const closed = join(folder, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const inside = join(closed, 'data');
      const told: string[] = [];
      const start = () =>
        startEmbeddedPostgres({
          dataDir: inside,
          port,
          onProgress: ({ phase, detail }) => void (phase === 'place' && told.push(detail)),
        });
      const { clusterDir, whyElsewhere } = await run(start, 'create table elsewhere (id integer)');
      try {
        expect(clusterDir).toMatch(/^\/var\/lib\/sightline\/[0-9a-f]{12}\/postgres$/);
        expect(whyElsewhere).toContain(closed);
        expect(told[0]).toContain(clusterDir);
        expect(JSON.parse(await readFile(join(inside, 'where.json'), 'utf8'))).toMatchObject({
          clusterDir,
        });
        const again = await run(start, 'select * from elsewhere');
        expect(again.clusterDir).toBe(clusterDir);
      } finally {
        await rm(join(clusterDir, '..'), { recursive: true, force: true });
      }
      await expect(start()).rejects.toThrow(
        /and that is gone\. Bring it back, or delete .*where\.json/,
      );
    },
  );

  const run = async (start: () => ReturnType<typeof startEmbeddedPostgres>, sql: string) => {
    await using server = await start();
    await query(server.databaseUrl, sql);
    const { clusterDir, whyElsewhere } = server;
    return { clusterDir, whyElsewhere };
  };

  test('libraries that npm could not link are linked, once', async () => {
    const native = join(folder, 'native');
    await mkdir(join(native, 'lib'), { recursive: true });
    await mkdir(join(native, 'bin'));
    for (const name of ['initdb', 'postgres']) await writeFile(join(native, 'bin', name), '');
    await writeFile(join(native, 'lib', 'libpq.so.5.18'), '');
    await symlink('libpq.so.5.18', join(native, 'lib', 'libpq.so'));
    const links = ['libpq.so', 'libpq.so.5'].map((name) => ({
      source: 'native/lib/libpq.so.5.18',
      target: `native/lib/${name}`,
    }));
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
    await completeBinaries(native);
    await completeBinaries(native);
    expect(await readlink(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect((await stat(join(native, 'bin', 'initdb'))).mode & 0o111).toBe(0o111);
  });
});
