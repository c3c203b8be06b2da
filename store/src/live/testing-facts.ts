import { createHash, randomUUID, randomUUIDv7 } from 'node:crypto';
import { encodeFact, type ClockReading, type Fact, type FactType } from '@sightline/contracts';
import type { Store } from '#engine/store.ts';
import { appendBatch } from '#log/append-batch.ts';
import type { LogEntry } from '#log/log-entry.ts';

export interface TestFact {
  readonly region: string;
  readonly type: FactType;
  readonly at: string;
  readonly clock?: ClockReading;
  /** One of its own unless given. */
  readonly stream?: string;
  readonly data: Record<string, unknown>;
}

/** A source that appends facts straight into the log, chained as a terminal's are. */
export class TestSource {
  readonly source = createHash('sha256').update(randomUUID()).digest('base64url');
  readonly bootId = randomUUID();
  #seq = 0;
  #prev: string | null = null;

  /** Appends the facts in one batch; resolves to the last position. */
  async append(store: Store, facts: readonly TestFact[]): Promise<number> {
    const entries = facts.map((fact) => this.#next(fact));
    const { last } = await appendBatch(store, { entries, heads: [], seals: [] });
    if (last === null) throw new Error('Nothing was appended.');
    return last;
  }

  #next({ region, type, at, clock, stream, data }: TestFact): LogEntry {
    this.#seq += 1;
    const fact: Fact = {
      v: 1,
      id: randomUUIDv7(),
      source: this.source,
      seq: this.#seq,
      prev: this.#prev,
      at,
      clock: clock ?? { bootId: this.bootId, uptimeMs: 60_000, offsetMs: 0 },
      region,
      stream: stream ?? `test/${region}/1`,
      type,
      world: 'actual',
      actor: 'system:test',
      data,
    };
    const body = encodeFact(fact);
    this.#prev = createHash('sha256').update(body).digest('base64url');
    return { fact, body, hash: this.#prev };
  }
}

/** terminal.enrolled of the village's terminal `t-<region>`. */
export function enrolled(region: string, source: string, at: string): TestFact {
  const data = { terminalId: `t-${region}`, source, simulated: true };
  return { region, type: 'terminal.enrolled', at, data };
}

export function presenceChanged(region: string, status: string, since: string): TestFact {
  const data = { terminalId: `t-${region}`, status, since };
  return { region, type: 'terminal.presence-changed', at: since, data };
}

export function checkedIn(region: string, at: string, clock?: ClockReading): TestFact {
  const data = {
    personId: randomUUID(),
    terminalId: `t-${region}`,
    shift: '2026-11-23/day',
    method: 'pin',
  };
  return { region, type: 'duty.checked-in', at, data, ...(clock === undefined ? {} : { clock }) };
}

/** The same by another method, with what that method carries. */
export function checkedInBy(region: string, at: string, how: Record<string, unknown>): TestFact {
  const fact = checkedIn(region, at);
  return { ...fact, data: { ...fact.data, ...how } };
}
