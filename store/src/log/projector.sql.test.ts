import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#testing/engines.ts';
import { batchOf, makeChain } from '#testing/make-chain.ts';
import type { TestStore } from '#testing.ts';
import { limits } from '#limits.ts';
import { appendBatch } from './append-batch.ts';
import { catchUp, projectOnce, rebuild, type Projection } from './projector.ts';

describe.each(engines)('projections on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
    await store.pool.query('create table tally (source text primary key, facts integer not null)');
  });
  beforeEach(async () => {
    await store.pool.query(
      'truncate log, log_batch, source_head, seal, projection_cursor, tally restart identity',
    );
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const tally = (version = 1, weight = 1): Projection => ({
    name: 'tally',
    version,
    reset: async (client) => void (await client.query('truncate tally')),
    apply: async (client, entries) => {
      for (const { fact } of entries) {
        await client.query(
          `insert into tally values ($1, $2)
           on conflict (source) do update set facts = tally.facts + excluded.facts`,
          [fact.source, weight],
        );
      }
    },
  });
  const read = async () => {
    const { rows } = await store.pool.query('select source, facts from tally order by source');
    return rows;
  };

  test('what is appended is projected once, and dropped and rebuilt is equal', async () => {
    const [one, two] = [makeChain('one'), makeChain('two')];
    await appendBatch(store, batchOf([...one.next(3), ...two.next(2)]));
    expect(await catchUp(store, [tally()])).toBe(5);
    await appendBatch(store, batchOf(one.next(4)));
    const projected = await projectOnce(store, [tally()]);
    expect([projected?.from, projected?.to, projected?.entries.length]).toEqual([5, 9, 4]);
    expect(await projectOnce(store, [tally()])).toBeNull();
    const built = await read();
    expect(new Set(built.map((row) => row.facts))).toEqual(new Set([2, 7]));
    await store.pool.query('update tally set facts = 0');
    expect(await rebuild(store, tally())).toBe(9);
    expect(await read()).toEqual(built);
  });

  test('a projection that fails writes nothing and keeps its place', async () => {
    await appendBatch(store, batchOf(makeChain('one').next(3)));
    const broken: Projection = {
      ...tally(),
      apply: async (client, entries) => {
        await tally().apply(client, entries);
        throw new Error('half way');
      },
    };
    await expect(projectOnce(store, [broken])).rejects.toThrow('half way');
    expect(await read()).toEqual([]);
    expect(await catchUp(store, [tally()])).toBe(3);
    expect(await read()).toMatchObject([{ facts: 3 }]);
  });

  test('a projection that joins later or has a new version starts from the beginning, alone', async () => {
    await appendBatch(store, batchOf(makeChain('one').next(3)));
    const seen: number[] = [];
    const late: Projection = {
      name: 'late',
      version: 1,
      reset: async () => undefined,
      apply: async (_client, entries) => void seen.push(...entries.map((entry) => entry.position)),
    };
    await catchUp(store, [tally()]);
    await catchUp(store, [tally(), late]);
    expect(seen).toEqual([1, 2, 3]);
    expect(await read()).toMatchObject([{ facts: 3 }]);
    await catchUp(store, [tally(2, 10), late]);
    expect(await read()).toMatchObject([{ facts: 30 }]);
    expect(seen).toEqual([1, 2, 3]);
  });

  test('catching up reads bounded batches', async () => {
    const chain = makeChain('many');
    for (let count = 0; count < 3; count += 1) await appendBatch(store, batchOf(chain.next(500)));
    const sizes: number[] = [];
    const sizing: Projection = {
      name: 'sizing',
      version: 1,
      reset: async () => undefined,
      apply: async (_client, entries) => void sizes.push(entries.length),
    };
    expect(await catchUp(store, [sizing])).toBe(1_500);
    expect(sizes).toEqual([limits.entriesPerRead, 500]);
  });
});
