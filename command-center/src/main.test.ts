import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** One of our processes, with what it says. */
function launch(file: string, env: Readonly<Record<string, string>>) {
  const child = fork(here(file), {
    env: { PATH: process.env['PATH'], SIGHTLINE_LOG_LEVEL: 'silent', ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
  child.stderr?.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
  return { child, said };
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  // `close`, not `exit`: everything it said has arrived then.
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

test('the process makes an empty database its own, serves, prints a first link when asked, and stops with 0', async () => {
  await using store = await openTestStore({ empty: true });
  const env = { DATABASE_URL: store.databaseUrl, SIGHTLINE_CENTRE_PORT: '0' };
  const { child } = launch('./main.ts', env);
  const [ready] = (await once(child, 'message')) as [{ ready: boolean; url: string }];
  expect(ready.ready).toBe(true);
  const health = await fetch(`${ready.url}/healthz`);
  expect(await health.json()).toMatchObject({
    parts: [{ name: 'centre', state: 'up' }, {}, {}, {}],
  });

  const cli = launch('./sign-in-link-main.ts', env);
  expect(await exitOf(cli.child)).toBe(0);
  const token = /#sign-in=([\w-]{43})/.exec(cli.said.out)?.[1];
  const used = await fetch(`${ready.url}/api/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ready.url },
    body: JSON.stringify({ token, login: 'first', password: 'a quiet sentence' }),
  });
  expect(used.status).toBe(204);

  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
}, 60_000);

test('when its parent goes away it stops by itself', async () => {
  await using store = await openTestStore();
  const env = { DATABASE_URL: store.databaseUrl, SIGHTLINE_CENTRE_PORT: '0' };
  const { child } = launch('./main.ts', env);
  await once(child, 'message');
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
}, 60_000);

test('what keeps it from starting is said in one sentence with the remedy', async () => {
  await using store = await openTestStore();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo; // A TCP server that listens has one.
  const cases = [
    [{}, /^DATABASE_URL is not set; .*\n$/],
    [
      { DATABASE_URL: store.databaseUrl, SIGHTLINE_CENTRE_PORT: String(port) },
      /^Port \d+ is taken by another program\. Stop it, or set SIGHTLINE_CENTRE_PORT .*\n$/,
    ],
    [
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
      /^The database .* cannot be opened: .*\n$/,
    ],
  ] as const;
  for (const [env, sentence] of cases) {
    const { child, said } = launch('./main.ts', { ...env });
    expect(await exitOf(child)).toBe(1);
    expect(said.err).toMatch(sentence);
  }
  other.close();
}, 60_000);
