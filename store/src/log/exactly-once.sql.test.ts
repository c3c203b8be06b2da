import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '#testing/engines.ts';
import { batchOf, entryOf, makeChain } from '#testing/make-chain.ts';
import type { TestStore } from '#testing.ts';
import { appendBatch } from './append-batch.ts';
import type { LogEntry } from './log-entry.ts';
import { verifyCustody } from './verify-custody.ts';

/** A terminal sends `count` facts from seq `from` on; a liar has its own version of each. */
interface Packet {
  readonly source: number;
  readonly from: number;
  readonly count: number;
  readonly isLie: boolean;
}

const packet: fc.Arbitrary<Packet> = fc.record({
  source: fc.integer({ min: 0, max: 2 }),
  from: fc.integer({ min: 1, max: 8 }),
  count: fc.integer({ min: 1, max: 5 }),
  isLie: fc.boolean(),
});
/** A list of appends, each of a few packets. */
const appends = fc.array(fc.array(packet, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});

describe.each(engines)('any order of new, repeated and forked packets on $name', ({ open }) => {
  let store: TestStore;
  let run = 0;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('leaves each (source, seq) once, never changed, and every fork told', async () => {
    await fc.assert(
      fc.asyncProperty(appends, async (batches) => {
        run += 1;
        const versions = [0, 1, 2].map((source) => makeVersions(`${run}/${source}`));
        const expected = new Map<string, LogEntry>();
        for (const packets of batches) {
          const entries = packets.flatMap(({ source, from, count, isLie }) =>
            (versions[source]?.[isLie ? 'lies' : 'truths'] ?? []).slice(from - 1, from - 1 + count),
          );
          const told = new Set(
            (await appendBatch(store, batchOf(entries))).conflicts.map(
              (conflict) => conflict.source,
            ),
          );
          expect(told).toEqual(liarsAmong(entries, expected));
          keep(entries, { told, expected });
        }
        const { rows } = await store.pool.query<{ body: string }>(
          'select body from log where source = any ($1) order by source, seq',
          [versions.map(({ source }) => source)],
        );
        const wanted = [...expected.values()].toSorted(
          (a, b) => compare(a.fact.source, b.fact.source) || a.fact.seq - b.fact.seq,
        );
        expect(rows.map((row) => row.body)).toEqual(wanted.map((entry) => entry.body));
      }),
      { numRuns: 40, seed: 5402 },
    );
    expect(await verifyCustody(store)).toBeNull();
  });
});

function makeVersions(name: string) {
  const truths = makeChain(name).next(12);
  const lies = truths.map(({ fact }) => entryOf({ ...fact, data: { text: 'another' } }));
  return { source: truths[0]?.fact.source ?? '', truths, lies };
}

const keyOf = ({ fact }: LogEntry) => `${fact.source}/${fact.seq}`;

/** The first to come stands; whoever says otherwise, in the log or in the same batch, is told. */
function liarsAmong(
  entries: readonly LogEntry[],
  stored: ReadonlyMap<string, LogEntry>,
): Set<string> {
  const seen = new Map(stored);
  const liars = new Set<string>();
  for (const entry of entries) {
    const first = seen.get(keyOf(entry));
    if (first === undefined) seen.set(keyOf(entry), entry);
    else if (first.hash !== entry.hash) liars.add(entry.fact.source);
  }
  return liars;
}

function keep(
  entries: readonly LogEntry[],
  {
    told,
    expected,
  }: { readonly told: ReadonlySet<string>; readonly expected: Map<string, LogEntry> },
): void {
  for (const entry of entries) {
    const isNew = !expected.has(keyOf(entry));
    if (isNew && !told.has(entry.fact.source)) expected.set(keyOf(entry), entry);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
