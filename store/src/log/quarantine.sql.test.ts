import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '#testing/engines.ts';
import { batchOf, makeChain } from '#testing/make-chain.ts';
import type { TestStore } from '#testing.ts';
import { limits } from '#limits.ts';
import { appendBatch } from './append-batch.ts';
import { loadSettled } from './heads.ts';
import { listQuarantine, saveQuarantine, type QuarantineRow } from './quarantine.ts';

describe.each(engines)('the quarantine on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const refused = (change: Partial<QuarantineRow>): QuarantineRow => ({
    source: 'some source',
    seq: 1,
    region: '540235100001',
    terminalId: 't-1',
    reason: 'malformed',
    message: 'It is no fact.',
    settled: true,
    hash: null,
    body: '{}',
    ...change,
  });

  test('keeps evidence whatever its bytes, once, cut to its limit', async () => {
    const body = Buffer.concat([Buffer.from([0, 0xff, 0x41]), Buffer.alloc(100_000, 0x42)]);
    const row = refused({ body, message: 'A \0 in it.' });
    await saveQuarantine(store.pool, [row, row]);
    await saveQuarantine(store.pool, [row]);
    const listed = await listQuarantine(store.pool, '5402', { limit: 10 });
    expect(listed).toHaveLength(1);
    expect(listed[0]).toMatchObject({
      seq: 1,
      terminalId: 't-1',
      settled: true,
      message: 'A ␀ in it.',
    });
    expect(Buffer.from(listed[0]?.body.slice(2, 10) ?? '').toString()).toBe('ABBBBBBB');
    expect(listed[0]?.body.length).toBe(limits.quarantineBodyBytes);
  });

  test('shows a scope only its own, newest first, page by page', async () => {
    const county = '540240';
    await saveQuarantine(
      store.pool,
      [1, 2, 3].map((seq) => refused({ seq, source: 'scoped', region: `${county}100001` })),
    );
    await saveQuarantine(store.pool, [refused({ source: 'neighbour', region: '540241100001' })]);
    const first = await listQuarantine(store.pool, county, { limit: 2 });
    expect(first.map((entry) => entry.seq)).toEqual([3, 2]);
    const rest = await listQuarantine(store.pool, county, {
      limit: 2,
      beforeId: first[1]?.id ?? 0,
    });
    expect(rest.map((entry) => entry.seq)).toEqual([1]);
    expect(await listQuarantine(store.pool, '54024', { limit: 2 }).catch(String)).toMatch(
      /no region/,
    );
  });

  test('what became of a seq is told from the log and from the quarantine', async () => {
    const chain = makeChain('became');
    const [first, second, third] = chain.next(3);
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('None.');
    await appendBatch(store, batchOf([first, third]));
    await saveQuarantine(store.pool, [
      refused({
        source: chain.source,
        seq: 2,
        hash: second.hash,
        reason: 'unknown-type',
        message: 'No such.',
      }),
      refused({ source: chain.source, seq: 3, hash: first.hash, reason: 'fork', settled: false }),
    ]);
    expect(await loadSettled(store.pool, { source: chain.source, from: 1, to: 9 })).toEqual(
      new Map([
        [1, { hash: first.hash, rejected: null }],
        [2, { hash: second.hash, rejected: { reason: 'unknown-type', message: 'No such.' } }],
        [3, { hash: third.hash, rejected: null }],
      ]),
    );
  });
});
