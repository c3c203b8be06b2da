import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRelayAsTold, makeSecretsAsTold } from './testing/compose-docs.ts';
import { readComposeFile } from './testing/compose-file.ts';
import { serverName } from './testing/compose-translation.ts';
import { rootDir } from './testing/fixture.ts';

// What would fail at the first `docker compose up` and can be seen without Docker.
const file = readComposeFile({
  SIGHTLINE_SERVER_NAME: serverName,
  SIGHTLINE_SERVER_ADDRESS: '127.0.0.1',
});
const services = Object.entries(file.services);
const programs = services.filter(([, service]) => service.build !== undefined);
const dockerfile = readFileSync(join(rootDir, 'Dockerfile'), 'utf8');
const nobody = 65_534;
const relayFile = '/usr/bin/turnserver';
const setcap = '/usr/sbin/setcap';
const mayFence = process.getuid?.() === 0 && existsSync(relayFile) && existsSync(setcap);

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sightline-first-up-'));
  makeSecretsAsTold(dir, serverName);
  await makeRelayAsTold(dir, { serverName, address: '127.0.0.1' });
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('the first docker compose up', () => {
  it('finds every file it mounts or reads, closed to the machine and readable inside', () => {
    const secrets = Object.values(file.secrets).map((secret) => secret.file);
    expect(secrets.length).toBeGreaterThan(5);
    // Each is mounted by itself, with the mode it has here; who reads it inside is not who made it.
    for (const path of secrets) {
      const { size, mode } = statSync(join(dir, path));
      expect([path, size > 0, mode & 0o044]).toEqual([path, true, 0o044]);
    }
    expect(statSync(join(dir, 'data/secrets')).mode & 0o077).toBe(0);
    const named = services.flatMap(([, { env_file = [] }]) => env_file.map(({ path }) => path));
    for (const path of named) expect(readFileSync(join(dir, path), 'utf8')).toMatch(/^[A-Z_]+=./);
    expect(readFileSync(join(dir, '.env'), 'utf8')).toContain(
      `SIGHTLINE_SERVER_NAME=${serverName}`,
    );
  });

  it('gives a new volume the owner that writes it', () => {
    const made = /^RUN install -d -o node -g node (.*)$/m.exec(dockerfile)?.[1]?.split(' ');
    const written = programs.flatMap(([, { volumes = [] }]) =>
      volumes.flatMap((volume) => {
        const [from = '', to = ''] = volume.split(':');
        return from.startsWith('.') ? [] : [to];
      }),
    );
    expect(made).toEqual([...new Set(written)].toSorted());
    // The account postgres of the image owns the folder that the volume is mounted on.
    expect(file.services['timescaledb']).toMatchObject({ user: '70:70', shm_size: '512m' });
  });

  it('lets as many processes, threads and sockets be as the limits of the programs ask for', () => {
    const limits = readFileSync(join(rootDir, 'media/server/src/limits.ts'), 'utf8');
    const recorders = Number(/^ {4}processes: (\d+),$/m.exec(limits)?.[1]);
    const workers = Number(file.services['media']?.environment?.['SIGHTLINE_MEDIA_WORKERS']);
    const threadsOfOne = { recorder: 12, worker: 4, node: 32 };
    expect(file.services['media']?.pids_limit).toBeGreaterThanOrEqual(
      recorders * threadsOfOne.recorder + workers * threadsOfOne.worker + threadsOfOne.node,
    );
    for (const [name, { ulimits }] of services.filter(([one]) => one !== 'timescaledb')) {
      expect([name, ulimits]).toEqual([name, { nofile: 65_536 }]);
    }
  });

  it('has the worker of meetings made where it cannot be fetched, and what that one is linked to', () => {
    const [building = '', running = ''] = dockerfile.split(/^FROM .*-slim$/m);
    expect(building).toMatch(
      /machine\.mjs media && node media\/server\/src\/bring-worker-main\.ts/,
    );
    const told = /it needs `([^`]+)`/.exec(
      readFileSync(join(rootDir, 'docs/operations.md'), 'utf8'),
    );
    const needed = told?.[1]?.split(' ') ?? [];
    expect(needed).toHaveLength(4);
    const installed =
      /apt-get install [^\n]*recommends ([^\\]+)/.exec(running)?.[1]?.split(' ') ?? [];
    expect(installed).toEqual(expect.arrayContaining(['ffmpeg', ...needed]));
  });

  it.skipIf(!mayFence)('starts the relay, a file with a capability, within its fence', () => {
    const turn = file.services['turn'];
    const relay = join(dir, 'turnserver');
    copyFileSync(relayFile, relay);
    chmodSync(dir, 0o755);
    // As the image's Dockerfile does it.
    expect(spawnSync(setcap, ['CAP_NET_BIND_SERVICE=+ep', relay]).status).toBe(0);
    const start = (kept: readonly string[]) => {
      const bounding = ['-all', ...kept.map((name) => `+${name.toLowerCase()}`)].join(',');
      const account = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
      const fence = [...account, '--no-new-privs', `--bounding-set=${bounding}`];
      const { status, stderr } = spawnSync('setpriv', [...fence, relay, '--version'], {
        encoding: 'utf8',
        timeout: 30_000,
      });
      return { status, stderr };
    };
    expect(turn?.cap_drop).toEqual(['ALL']);
    expect(start(turn?.cap_add ?? [])).toMatchObject({ status: 0 });
    expect(start([]).stderr).toContain('Operation not permitted');
  });
});
