import { type Fact, isRefusal, type Refusal } from '@sightline/contracts';
import type { FactDraft } from '#domain/fact-draft.ts';
import type {
  Ack,
  DeadLetter,
  OutboxStats,
  PendingFact,
  Settlement,
  SourceAddress,
} from '#outbox/outbox-messages.ts';
import type { OutboxWriter } from '#outbox/outbox-writer.ts';
import { limits } from '#limits.ts';

export interface Appended extends PendingFact {
  readonly fact: Fact;
}

export const emptyStats: OutboxStats = {
  waiting: 0,
  oldestAt: null,
  deadLetters: 0,
  deadLettersDropped: 0,
  seq: 0,
  hash: null,
  settledTo: 0,
  lastAt: null,
};

/** One source's chain in the outbox. */
export class OutboxSource {
  readonly address: SourceAddress;
  readonly #writer: OutboxWriter;
  readonly #readStats: () => OutboxStats | undefined;
  readonly #listeners = new Set<() => void>();
  /** The newest facts, so that a live one is sent without reading it back. */
  #recent: readonly PendingFact[] = [];

  constructor(
    address: SourceAddress,
    writer: OutboxWriter,
    readStats: () => OutboxStats | undefined,
  ) {
    this.address = address;
    this.#writer = writer;
    this.#readStats = readStats;
  }

  stats(): OutboxStats {
    return this.#readStats() ?? emptyStats;
  }

  /**
   * Gives the draft its seq, prev and hash. Resolves after fdatasync: say "done" only then.
   * Refused (`outbox-full`, `disk-full`) where no more fits; rejects on a draft that breaks its schema.
   */
  async append(draft: FactDraft): Promise<Appended | Refusal> {
    const kept = await this.#writer.ask<'append'>({
      kind: 'append',
      source: this.address.source,
      draft,
    });
    if (isRefusal(kept)) return kept;
    this.#recent = [...this.#recent, kept].slice(-limits.outbox.recentFacts);
    this.#tell();
    // The writer has just made this text from a fact that passed the schema.
    return { ...kept, fact: JSON.parse(kept.body) as Fact };
  }

  /** Facts not yet settled, from `fromSeq` on, in order; at most `limits.outbox.factsPerRead`. */
  async pending(fromSeq: number, limit: number): Promise<readonly PendingFact[]> {
    const start = this.#recent.findIndex(({ seq }) => seq === fromSeq);
    if (start >= 0) return this.#recent.slice(start, start + limit);
    if (fromSeq > this.stats().seq) return [];
    return this.#writer.ask<'pending'>({
      kind: 'pending',
      source: this.address.source,
      fromSeq,
      limit: Math.min(limit, limits.outbox.factsPerRead),
    });
  }

  /** Frees everything up to `committedTo`; what the server refused becomes a dead letter. */
  async settle(ack: Ack): Promise<Settlement> {
    const settlement = await this.#writer.ask<'settle'>({
      kind: 'settle',
      source: this.address.source,
      ack: { committedTo: ack.committedTo, rejected: ack.rejected },
    });
    this.#recent = this.#recent.filter(({ seq }) => seq > this.stats().settledTo);
    this.#tell();
    return settlement;
  }

  /** Newest first; `beforeId` of the last one seen gives the next page. */
  deadLetters(
    page: { readonly beforeId?: number; readonly limit?: number } = {},
  ): Promise<readonly DeadLetter[]> {
    return this.#writer.ask<'dead-letters'>({
      kind: 'dead-letters',
      source: this.address.source,
      beforeId: page.beforeId ?? Number.MAX_SAFE_INTEGER,
      limit: Math.min(page.limit ?? 50, limits.outbox.factsPerRead),
    });
  }

  /** Called after every append and settlement. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
