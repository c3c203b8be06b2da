import type { Store } from '@sightline/store';
import { countFitting, itemBytes, type LogItem } from '#domain/log-item.ts';
import { limits } from '#limits.ts';
import { storeItems, type Outcome } from '#ingest/store-items.ts';

export interface LogWriterOptions {
  readonly store: Store;
  /** After a commit, before anybody is told. Tests end the process here. */
  readonly afterCommit?: (() => void) | undefined;
  /** The database took a batch, or did not. */
  readonly onResult: (error: Error | null) => void;
}

interface Waiting {
  readonly item: LogItem;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The one writer of terminals' facts. Batches are not timed: whatever waits is committed as soon as the
 * commit before is done. When the database fails, all that waits is told so: facts behind a lost one may
 * not be stored before it comes again.
 */
export class LogWriter {
  readonly #options: LogWriterOptions;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Resolves when the item is committed. Rejects when the database failed or too much waits. */
  append(item: LogItem): Promise<Outcome> {
    if (this.#waitingBytes > limits.waitingBytes) {
      return Promise.reject(
        new Error(`More than ${limits.waitingBytes} bytes wait for the database.`),
      );
    }
    this.#waitingBytes += itemBytes(item);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      this.#idle = this.#write();
    });
  }

  /** Resolves when nothing is being written. */
  get idle(): Promise<void> {
    return this.#idle;
  }

  async #write(): Promise<void> {
    await nextTurn(); // What came in the same turn goes into the same commit.
    while (this.#waiting.length > 0) await this.#writeBatch(this.#takeBatch());
    this.#isWriting = false;
  }

  #takeBatch(): Waiting[] {
    const ceiling = { facts: limits.factsPerCommit, bytes: limits.bytesPerCommit };
    const items = this.#waiting.slice(0, limits.factsPerCommit).map(({ item }) => item);
    const batch = this.#waiting.splice(0, countFitting(items, ceiling));
    for (const { item } of batch) this.#waitingBytes -= itemBytes(item);
    return batch;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const { store, afterCommit, onResult } = this.#options;
    try {
      const items = batch.map(({ item }) => item);
      const outcomes = await storeItems(store, items);
      afterCommit?.();
      onResult(null);
      for (const [index, outcome] of outcomes.entries()) this.#tell(batch[index], outcome);
    } catch (cause) {
      const error = new Error('The database did not take the facts.', { cause });
      const failed = [...batch, ...this.#waiting];
      this.#waiting = [];
      this.#waitingBytes = 0;
      onResult(error);
      for (const { reject } of failed) reject(error);
    }
  }

  #tell(told: Waiting | undefined, outcome: Outcome): void {
    told?.resolve(outcome);
    if (outcome.kind !== 'fork') return;
    // What waits behind a fork in the same chain is part of it.
    const isBehind = ({ item }: Waiting) => item.sender.source === told?.item.sender.source;
    for (const { item, resolve } of this.#waiting.filter(isBehind)) {
      this.#waitingBytes -= itemBytes(item);
      resolve(outcome);
    }
    this.#waiting = this.#waiting.filter((waiting) => !isBehind(waiting));
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
