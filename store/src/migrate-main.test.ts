import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTestStore } from './testing.ts';

const main = fileURLToPath(new URL('./migrate-main.ts', import.meta.url));

function run(env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

test('an empty database gets its tables, and a second run changes nothing', async () => {
  await using store = await openTestStore({ empty: true });
  const env = { DATABASE_URL: store.databaseUrl };
  const first = run(env);
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(first.stdout).toMatch(/^1 of \d+: 0001-log\n/);
  const read = 'select name, applied_at from migration order by name';
  const applied = (await store.pool.query<{ name: string }>(read)).rows;
  expect(first.stdout.split('\n').filter((line) => / of /.test(line))).toHaveLength(applied.length);
  expect(run(env)).toEqual({ status: 0, stdout: 'The database is up to date.\n', stderr: '' });
  expect((await store.pool.query(read)).rows).toEqual(applied);
}, 120_000);

test('a newer database, none, and one that does not answer are each a sentence and a 1', async () => {
  await using store = await openTestStore();
  await store.pool.query(`insert into migration (name, checksum) values ('9999-later', 'x')`);
  for (const [env, sentence] of [
    [{ DATABASE_URL: store.databaseUrl }, /^The database was made by a newer Sightline/],
    [{}, /^DATABASE_URL is not set\./],
    [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /^The database .* cannot be opened/],
  ] as const) {
    const { status, stderr } = run(env);
    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1); // A sentence, not a stack.
  }
}, 120_000);
