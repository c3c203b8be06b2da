import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '@sightline/contracts';
import { engines } from '#testing/engines.ts';
import { batchOf, entryOf, makeChain } from '#testing/make-chain.ts';
import type { TestStore } from '#testing.ts';
import { appendBatch } from './append-batch.ts';
import { appendCentreFacts, type CentreDraft } from './append-centre-facts.ts';
import { loadHead, loadHeads, loadSettled } from './heads.ts';
import { lastPosition, readLog, readStream } from './read-log.ts';
import { verifyCustody } from './verify-custody.ts';

describe.each(engines)('the log on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const storedSeqs = async (source: string) => {
    const { rows } = await store.pool.query<{ seq: number }>(
      'select seq from log where source = $1 order by position',
      [source],
    );
    return rows.map((row) => row.seq);
  };

  test('facts stand in the order given, byte for byte, with head and seal', async () => {
    const entries = makeChain('order').next(70, { data: { text: '村 བོད "\\ 🙂' } });
    const before = await lastPosition(store.pool);
    const appended = await appendBatch(store, batchOf(entries));
    expect(appended).toEqual({ first: before + 1, last: before + 70, facts: 70, conflicts: [] });
    const read = await readLog(store.pool, { after: before });
    expect(read.map((entry) => entry.body)).toEqual(entries.map((entry) => entry.body));
    expect(read[0]?.fact).toEqual(entries[0]?.fact);
    expect(read[0]?.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
    const last = entries[69];
    expect(await loadHead(store.pool, last?.fact.source ?? '')).toEqual({
      seq: 70,
      hash: last?.hash,
    });
    const { rows } = await store.pool.query(
      'select seq, hash, length(sig) as sig from seal where source = $1',
      [last?.fact.source],
    );
    expect(rows).toEqual([{ seq: 70, hash: Buffer.from(last?.hash ?? '', 'base64url'), sig: 64 }]);
  });

  test('the same facts again are no error and stand once', async () => {
    const entries = makeChain('again').next(5);
    await appendBatch(store, batchOf(entries));
    const before = await lastPosition(store.pool);
    const appended = await appendBatch(store, batchOf(entries));
    expect(appended).toEqual({ first: null, last: null, facts: 0, conflicts: [] });
    expect(await lastPosition(store.pool)).toBe(before);
    expect(await storedSeqs(entries[0]?.fact.source ?? '')).toEqual([1, 2, 3, 4, 5]);
  });

  test('a batch that repeats some facts keeps the new ones', async () => {
    const chain = makeChain('overlap');
    const entries = chain.next(6);
    await appendBatch(store, batchOf(entries.slice(0, 3)));
    const appended = await appendBatch(store, batchOf(entries.slice(1)));
    expect(appended.facts).toBe(3);
    expect(appended.conflicts).toEqual([]);
    expect(await storedSeqs(chain.source)).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await loadHead(store.pool, chain.source))?.seq).toBe(6);
  });

  test('a fork is told, its source left out as a whole, and the others are kept', async () => {
    const honest = makeChain('fork-neighbour').next(2);
    const chain = makeChain('fork');
    const stored = chain.next(2);
    await appendBatch(store, batchOf(stored));
    const other = makeChain('fork').next(3);
    const appended = await appendBatch(store, batchOf([...other, ...honest]));
    expect(appended.facts).toBe(2);
    expect(appended.conflicts).toEqual(
      other
        .slice(0, 2)
        .map(({ fact, hash }) => ({ source: chain.source, seq: fact.seq, hash, reason: 'fork' })),
    );
    expect(await storedSeqs(chain.source)).toEqual([1, 2]);
    expect(await loadHead(store.pool, chain.source)).toEqual({ seq: 2, hash: stored[1]?.hash });
    expect(await storedSeqs(honest[0]?.fact.source ?? '')).toEqual([1, 2]);
  });

  test('an id that stands under another source is told, not swallowed', async () => {
    const [first] = makeChain('id-owner').next(1);
    const [second] = makeChain('id-thief').next(1);
    if (first === undefined || second === undefined) throw new Error('No facts were made.');
    await appendBatch(store, batchOf([first]));
    const stolen = entryOf({ ...second.fact, id: first.fact.id });
    const appended = await appendBatch(store, batchOf([stolen]));
    expect(appended.facts).toBe(0);
    expect(appended.conflicts).toMatchObject([
      { source: second.fact.source, seq: 1, reason: 'id-taken' },
    ]);
  });

  test.each([
    ['a NUL escape', { text: 'a\u0000b' }],
    ['half a surrogate pair', { text: '\ud800' }],
  ])(
    'a fact with %s fails the batch, leaves nothing, and the rest can be stored',
    async (name, data) => {
      const good = makeChain(`good beside ${name}`).next(3);
      const bad = makeChain(`bad ${name}`).next(1, { data });
      await expect(appendBatch(store, batchOf([...good, ...bad]))).rejects.toThrow(/unicode|json/i);
      expect(await storedSeqs(good[0]?.fact.source ?? '')).toEqual([]);
      await appendBatch(store, batchOf(good));
      expect(await storedSeqs(good[0]?.fact.source ?? '')).toEqual([1, 2, 3]);
    },
  );

  test('a head never goes back, and settles a seq without a fact', async () => {
    const chain = makeChain('settled');
    const [first, refused, third] = chain.next(3);
    if (first === undefined || refused === undefined || third === undefined)
      throw new Error('None.');
    await appendBatch(store, batchOf([first, third]));
    await appendBatch(store, {
      entries: [],
      heads: [{ source: chain.source, seq: 2, hash: refused.hash }],
      seals: [],
    });
    expect(await loadHeads(store.pool, [chain.source, 'unknown'])).toEqual(
      new Map([[chain.source, { seq: 3, hash: third.hash }]]),
    );
    expect([
      ...(await loadSettled(store.pool, { source: chain.source, from: 1, to: 3 })).keys(),
    ]).toEqual([1, 3]);
  });

  const draft = (stream: string): CentreDraft => ({
    at: '2026-11-23T12:00:00.000Z',
    region: '5402',
    stream,
    type: 'telemetry.noted',
    world: 'actual',
    actor: 'system:test',
    data: { text: 'x' },
  });

  test('facts of the centre form one chain', async () => {
    const one = await appendCentreFacts(store, [draft('test/5402/a'), draft('test/5402/b')]);
    const two = await appendCentreFacts(store, [draft('test/5402/a')]);
    if (isRefusal(one) || isRefusal(two)) throw new Error('Refused.');
    const facts = [...one.facts, ...two.facts];
    const hashes = facts.map((fact) => entryOf(fact).hash);
    expect(facts.slice(1).map((fact) => fact.prev)).toEqual(hashes.slice(0, 2));
    expect((await readStream(store.pool, 'test/5402/a')).map((entry) => entry.fact)).toEqual([
      facts[0],
      facts[2],
    ]);
  });

  test('a decision on an old picture is refused, and nothing is written', async () => {
    const stream = 'test/5402/decided';
    const seen = await appendCentreFacts(store, [draft(stream)]);
    if (isRefusal(seen)) throw new Error('Refused.');
    await appendBatch(store, batchOf(makeChain('joins a stream').next(1, { stream })));
    const before = await lastPosition(store.pool);
    const late = await appendCentreFacts(store, [draft(stream)], {
      expectedPosition: { stream, position: seen.position },
    });
    expect(late).toMatchObject({ refused: true, code: 'conflict' });
    expect(await lastPosition(store.pool)).toBe(before);
    const again = await appendCentreFacts(store, [draft(stream)], {
      expectedPosition: { stream, position: before },
    });
    expect(isRefusal(again)).toBe(false);
  });

  test('custody holds over everything appended above', async () => {
    expect(await verifyCustody(store)).toBeNull();
    const { rows } = await store.pool.query<{ batches: number }>(
      'select count(*)::int as batches from log_batch',
    );
    expect(rows[0]?.batches).toBeGreaterThan(10);
  });

  test.each([
    [
      'a changed body',
      `update log set body = replace(body, 'actual', 'drill ') where position = 5`,
      /body/,
    ],
    [
      'a changed body with its hash',
      `update log set body = body || ' ', hash = sha256(convert_to(body || ' ', 'UTF8')) where position = 5`,
      /order/,
    ],
    ['a changed column', `update log set region = '5403' where position = 5`, /column/],
    ['a removed fact', 'delete from log where position = 5', /69 facts stand where 70/],
    [
      'a removed commit',
      'with gone as (delete from log_batch where last = 70) delete from log where position <= 70',
      /commit before/,
    ],
    [
      'a fact put between',
      `insert into log (id, source, seq, hash, at, region, stream, type, world, actor, body)
       select gen_random_uuid(), 'x', 1, hash, at, region, stream, type, world, actor, body from log where position = 5`,
      /after the last/,
    ],
    [
      'an end cut off',
      'with gone as (delete from log_batch where first >= 71) delete from log where position >= 71',
      /newest fact/,
    ],
  ])('custody finds %s', async (_name, tampering, problem) => {
    const client = await store.pool.connect();
    try {
      await client.query('begin');
      await client.query(tampering);
      const broken = await verifyCustody(client);
      expect(broken?.problem).toMatch(problem);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
