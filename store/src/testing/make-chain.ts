import { hash, randomUUIDv7 } from 'node:crypto';
import { encodeFact, type Fact, type World } from '@sightline/contracts';
import type { Batch } from '#log/append-batch.ts';
import type { LogEntry } from '#log/log-entry.ts';

/** A terminal's chain for tests: real envelopes and hashes, seals of zeros. */
export interface TestChain {
  readonly source: string;
  /** The next `count` facts. */
  next(
    count: number,
    change?: Partial<Pick<Fact, 'region' | 'stream' | 'data' | 'at'>>,
  ): LogEntry[];
}

export function makeChain(name: string, start: { readonly seq: number } = { seq: 0 }): TestChain {
  const source = hash('sha256', `test source ${name}`, 'base64url');
  let seq = start.seq;
  let prev: string | null = seq === 0 ? null : hash('sha256', `${seq}`, 'base64url');
  return {
    source,
    next: (count, change = {}) =>
      Array.from({ length: count }, () => {
        const fact = { ...makeFact(source, seq + 1), ...change, prev };
        const entry = entryOf(fact);
        seq += 1;
        prev = entry.hash;
        return entry;
      }),
  };
}

function makeFact(source: string, seq: number): Fact {
  const region = '540235100001';
  const world: World = 'actual';
  return {
    v: 1,
    id: randomUUIDv7(),
    source,
    seq,
    prev: null,
    at: '2026-11-23T12:00:00.000Z',
    clock: { bootId: '0190e1a2-0000-7000-8000-000000000000', uptimeMs: seq, offsetMs: 0 },
    region,
    stream: `test/${region}/one`,
    type: 'telemetry.noted',
    world,
    actor: 'terminal:t-540235100001',
    data: { text: `${seq}` },
  };
}

export function entryOf(fact: Fact): LogEntry {
  const body = encodeFact(fact);
  return { fact, body, hash: hash('sha256', body, 'base64url') };
}

/** The batch a log writer would make of whole packets: the last fact of each source is head and seal. */
export function batchOf(entries: readonly LogEntry[]): Batch {
  const lasts = [...new Map(entries.map((entry) => [entry.fact.source, entry])).values()];
  const heads = lasts.map(({ fact, hash: head }) => ({
    source: fact.source,
    seq: fact.seq,
    hash: head,
  }));
  const sig = Buffer.alloc(64).toString('base64url');
  return { entries, heads, seals: heads.map((head) => ({ ...head, sig })) };
}
