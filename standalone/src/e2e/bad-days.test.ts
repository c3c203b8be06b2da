import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startAgentProcess } from './testing/agent-process.ts';
import { openReader } from './testing/custody.ts';
import {
  freePortBase,
  openPlace,
  rootDir,
  startTestConstellation,
  type TestConstellation,
} from './testing/fixture.ts';
import { openKiosk } from './testing/kiosk.ts';
import { ensurePages } from './testing/pages.ts';
import { runToEnd, type Ended } from './testing/run-to-end.ts';
import { print } from './testing/trials.ts';
import { equipVillage, vouch } from './testing/village.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 400_000 });
const village = '540202001005';
const stack = new AsyncDisposableStack();
let dir = '';
let base = 0;

beforeAll(async () => {
  await ensurePages(rootDir);
  dir = stack.use(await openPlace()).dir;
  base = await freePortBase();
});
afterAll(() => stack.disposeAsync());

const start = (dataDir: string): Ended =>
  runToEnd(['--empty', '--data', dataDir, '--port-base', String(base)]);

/** A small disk of its own, or null where none can be mounted. */
function mountSmallDisk(): (AsyncDisposable & { readonly path: string }) | null {
  const path = join(dir, 'small');
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=755', 'tmpfs', path]);
  if (mounted.status !== 0) return null;
  return { path, [Symbol.asyncDispose]: async () => void spawnSync('umount', [path]) };
}

describe('a start that cannot be says why and what to do', () => {
  it('the disk is full: nothing half made is left', async (context) => {
    await using disk = mountSmallDisk();
    if (disk === null) {
      print('the full disk is skipped: mounting tmpfs needs root');
      return context.skip();
    }
    const dataDir = join(disk.path, 'data');
    expect(start(dataDir)).toEqual({
      code: 1,
      words:
        `The database could not be created in ${dataDir}/postgres.new. The disk is full: it takes about 50 MB. ` +
        'Free some space, or give another folder with --data DIR.',
    });
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    expect(existsSync(join(dataDir, 'running.pid'))).toBe(false);
  });

  it('the database’s port is taken: its holder is named', async () => {
    const stranger = createServer().listen(base + 4, '127.0.0.1');
    await once(stranger, 'listening');
    const { code, words } = start(join(dir, 'port'));
    stranger.close();
    expect(code).toBe(1);
    expect(words).toMatch(
      new RegExp(
        `^Port ${base + 4} on 127\\.0\\.0\\.1, which the database needs, is taken by process ${process.pid} \\(.*\\)\\. ` +
          'Stop that program, or choose other ports with --port-base\\.$',
      ),
    );
  });

  it('the database is of a newer version: it is left as it is', async () => {
    const dataDir = join(dir, 'newer');
    await using made = await startTestConstellation({ empty: true, dataDir });
    await using store = await openReader(made.databaseUrl);
    await store.pool.query(
      `insert into migration (name, checksum) select '9999-next', checksum from migration limit 1`,
    );
    await made[Symbol.asyncDispose]();
    expect(start(dataDir)).toEqual({
      code: 1,
      words:
        'The database was made by a newer Sightline (it has the migration 9999-next, which this program does not know). ' +
        'Start the newer program, or restore a backup made before the update.',
    });
    expect(existsSync(join(dataDir, 'running.pid'))).toBe(false);
  });
});

describe('what runs stays useful', () => {
  let house: TestConstellation;
  beforeAll(async () => {
    house = stack.use(await startTestConstellation({ empty: true }));
  });

  it('without ffmpeg the kiosk says what to install, and the PIN works', async () => {
    await using store = await openReader(house.databaseUrl);
    const place = await equipVillage(store, village);
    const personId = place.people[0]?.personId ?? '';
    const code = await vouch(store, place, { personId, purpose: 'set-pin' });
    await using agent = await startAgentProcess({
      dir: join(dir, 'no-ffmpeg'),
      brokerMqttUrl: `mqtt://127.0.0.1:${house.ports.mqtt}`,
      brokerHttpUrl: `http://127.0.0.1:${house.ports.brokerHttp}`,
      enrolCode: place.enrolCode,
      camera: '/dev/video0',
      environment: { PATH: '/nowhere' },
    });
    const kiosk = await openKiosk(agent.url);
    const state = await kiosk.waitFor(
      'the camera failed',
      ({ camera }) => camera.state === 'failed',
    );
    expect(state.camera).toEqual({
      owner: 'agent',
      isSample: false,
      state: 'failed',
      detail: 'ffmpeg is not installed. Install it: apt-get install ffmpeg.',
    });
    await kiosk.waitFor('people', ({ people }) => people.length > 0);
    const pin = '135790';
    expect((await kiosk.postWithCode('/api/pin', { personId, code, pin })).status).toBe(200);
    expect((await kiosk.checkInByPin(personId, pin)).body['outcome']).toBe('checked-in');
    await kiosk.waitFor('it is delivered', ({ outbox }) => outbox.waiting === 0);
    expect((await kiosk.state()).onDuty.map((each) => each.personId)).toEqual([personId]);
  });

  it('when its doors hear nonsense: each answers with a sentence and goes on', async () => {
    const { centre, brokerHttp } = house.ports;
    const kiosk = new URL(house.links.kiosk);
    const doors = [
      `http://127.0.0.1:${centre}/api/viewer-session`,
      `http://127.0.0.1:${brokerHttp}/nonce`,
      `${kiosk.origin}/api/session`,
    ];
    for (const door of doors) {
      for (const [body, status] of [
        ['{"token":', 400],
        [`"${'x'.repeat(1_000_000)}"`, 413],
      ] as const) {
        const reply = await knock(door, body);
        expect([door, reply.status]).toEqual([door, status]);
        expect(reply.text).not.toMatch(/\bat .*\.(ts|js):\d+/);
      }
    }
    const health = await Promise.all(
      [centre, brokerHttp].map(async (port) => {
        const reply = await fetch(`http://127.0.0.1:${port}/healthz`);
        await reply.text();
        return reply.status;
      }),
    );
    expect(health).toEqual([200, 200]);
  });
});

/**
 * A door that refuses a body early closes on it; whether the answer is read before the reset is chance, so
 * a reset is tried again, five times.
 */
async function knock(url: string, body: string): Promise<{ status: number; text: string }> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await knockOnce(url, body);
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

async function knockOnce(url: string, body: string): Promise<{ status: number; text: string }> {
  const { origin } = new URL(url);
  const headers = { origin, 'content-type': 'application/json' };
  const reply = await fetch(url, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(20_000),
  });
  return { status: reply.status, text: await reply.text() };
}
