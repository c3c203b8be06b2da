import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#testing/engines.ts';
import { openTestStore, type TestStore } from '#testing.ts';
import { migrate } from './migrate.ts';
import { selectForEngine } from './migration-files.ts';

const files = {
  '0001-one.sql': 'create table one (id integer primary key);',
  '0002-two.sql': `create table two (at timestamptz not null);
-- if timescaledb
select create_hypertable('two', 'at');
-- else
comment on table two is 'plain';
-- end
insert into one values (1);`,
};

/** PGlite opens in seconds, but not where others fill the cores. */
const pgliteMs = 120_000;

describe('migrations', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-migrations-'));
    await write(files);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (contents: Readonly<Record<string, string>>) => {
    for (const [name, sql] of Object.entries(contents)) await writeFile(join(folder, name), sql);
  };
  const run = (store: TestStore) => {
    const steps: string[] = [];
    const directory = pathToFileURL(`${folder}/`);
    return migrate(store, {
      directory,
      onStep: (step) => steps.push(`${step.index}/${step.of} ${step.name}`),
    }).then((refusal) => ({ refusal, steps }));
  };

  test.each(engines.filter(({ name }) => name !== 'TEST_DATABASE_URL'))(
    'on $name each is applied once, with the part meant for the engine',
    async ({ name }) => {
      await using store = await openTestStore({
        empty: true,
        timescale: name.startsWith('PGlite'),
      });
      expect(await run(store)).toEqual({ refusal: null, steps: ['1/2 0001-one', '2/2 0002-two'] });
      expect(await run(store)).toEqual({ refusal: null, steps: [] });
      const comment = await store.pool.query(`select obj_description('two'::regclass) as comment`);
      expect(comment.rows[0]?.comment).toBe(store.engine.timescale === null ? 'plain' : null);
    },
    pgliteMs,
  );

  test('an applied migration that was edited stops the start with one sentence', async () => {
    await using store = await openTestStore({ empty: true });
    await run(store);
    await write({ '0001-one.sql': `${files['0001-one.sql']} -- touched` });
    expect((await run(store)).refusal?.detail).toBe(
      'The file of the migration 0001-one was changed after it was applied to this database. ' +
        'Restore the file as it was and put the change into a new migration.',
    );
  });

  test('a database of a newer program stops the start with one sentence', async () => {
    await using store = await openTestStore({ empty: true });
    await run(store);
    await rm(join(folder, '0002-two.sql'));
    expect((await run(store)).refusal?.detail).toBe(
      'The database was made by a newer Sightline (it has the migration 0002-two, which this program ' +
        'does not know). Start the newer program, or restore a backup made before the update.',
    );
  });

  test('one that fails leaves nothing of itself and names itself', async () => {
    await using store = await openTestStore({ empty: true });
    await write({ '0003-three.sql': 'create table three (); select 1 / 0;' });
    await expect(run(store)).rejects.toThrow('The migration 0003-three failed');
    const { rows } = await store.pool.query(
      `select to_regclass('three') as three, to_regclass('two') as two`,
    );
    expect(rows).toEqual([{ three: null, two: 'two' }]);
  });

  test('two processes that start at once apply each once', async () => {
    await using store = await openTestStore({ empty: true });
    const [one, two] = await Promise.all([run(store), run(store)]);
    expect([...(one?.steps ?? []), ...(two?.steps ?? [])].toSorted()).toEqual([
      '1/2 0001-one',
      '2/2 0002-two',
    ]);
  });

  test('a gap in the numbers is a fault', async () => {
    await using store = await openTestStore({ empty: true });
    await write({ '0004-four.sql': 'select 1;' });
    await expect(run(store)).rejects.toThrow('number 0003 is expected');
  });
});

describe('a section of a migration', () => {
  const sql = 'a\n-- if timescaledb community\nb\n-- else\nc\n-- end\nd';

  test.each([
    ['community', 'a\nb\nd'],
    ['apache', 'a\nc\nd'],
    [null, 'a\nc\nd'],
  ] as const)('meant for the community edition, on %s', (timescale, kept) => {
    expect(selectForEngine(sql, { timescale, serverVersion: 180_000 })).toBe(kept);
  });

  test.each(['-- end', '-- else', '-- if timescaledb\n-- if timescaledb', '-- if timescaledb'])(
    'that does not open and close is a fault: %s',
    (wrong) => {
      expect(() => selectForEngine(wrong, { timescale: null, serverVersion: 180_000 })).toThrow(
        /section/,
      );
    },
  );
});
