import type {
  Durability,
  MovedAside,
  OutboxStats,
  SourceAddress,
  SourceStats,
} from '#outbox/outbox-messages.ts';
import { OutboxSource } from '#outbox/outbox-source.ts';
import { OutboxWriter, type OutboxWriterOptions } from '#outbox/outbox-writer.ts';
import { limits } from '#limits.ts';

/** Every option has its default in `limits.outbox`. */
export type OutboxOptions = Partial<OutboxWriterOptions> & {
  /** The file can no longer be trusted or reached; every later request rejects. Restart the process. */
  readonly onFailed?: (fault: Error) => void;
};

/**
 * 待发队列. Facts of one or many sources in one SQLite file, in order, until the centre has stored them.
 * WAL with synchronous FULL, group commit, in a thread of its own; alone on its file.
 */
export class Outbox implements AsyncDisposable {
  readonly file: string;
  readonly movedAside: MovedAside | null;
  /** The PRAGMAs as read back. */
  readonly durable: Durability;
  readonly #writer: OutboxWriter;
  readonly #stats: Map<string, OutboxStats>;
  readonly #sources = new Map<string, OutboxSource>();

  private constructor(
    file: string,
    writer: OutboxWriter,
    opened: {
      movedAside: MovedAside | null;
      durable: Durability;
      stats: Map<string, OutboxStats>;
    },
  ) {
    this.file = file;
    this.movedAside = opened.movedAside;
    this.durable = opened.durable;
    this.#writer = writer;
    this.#stats = opened.stats;
  }

  /** Opens or creates the file. Throws one sentence when it is in use, full, or of a newer version. */
  static async open(file: string, options: OutboxOptions = {}): Promise<Outbox> {
    const { waitingFacts, fileBytes, diskHeadroomBytes, deadLetters } = limits.outbox;
    const { onFailed, ...chosen } = options;
    const stats = new Map<string, OutboxStats>();
    const note = (changed: readonly SourceStats[]): void => {
      for (const { source, stats: next } of changed) stats.set(source, next);
    };
    const { writer, opened } = await OutboxWriter.open(
      file,
      { waitingFacts, fileBytes, diskHeadroomBytes, deadLetters, ...chosen },
      { onChanged: note, onFailed: onFailed ?? (() => {}) },
    );
    note(opened.sources);
    return new Outbox(file, writer, { ...opened, stats });
  }

  /** The source, or null when this file does not know it (never created, or lost with its file). */
  async findSource(source: string): Promise<OutboxSource | null> {
    const known = this.#sources.get(source);
    if (known !== undefined) return known;
    const address = await this.#writer.ask<'find-source'>({ kind: 'find-source', source });
    return address === null ? null : this.#open(address);
  }

  /** Begins a source from seq 1, or finds the one that is there. Durable when it resolves. */
  async createSource(address: SourceAddress): Promise<OutboxSource> {
    const kept = await this.#writer.ask<'create-source'>({ kind: 'create-source', address });
    return this.#open(kept);
  }

  /** Where every source of the file stands, also those that nobody opened. */
  stats(): ReadonlyMap<string, OutboxStats> {
    return this.#stats;
  }

  /** Why nothing can be kept or read any more, or null: restart the process. */
  get fault(): Error | null {
    return this.#writer.fault;
  }

  #open(address: SourceAddress): OutboxSource {
    const known = this.#sources.get(address.source);
    if (known !== undefined) return known;
    const source = new OutboxSource(address, this.#writer, () => this.#stats.get(address.source));
    this.#sources.set(address.source, source);
    return source;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close();
  }
}
