import type { DatabaseSync } from 'node:sqlite';
import type { Refusal } from '@sightline/contracts';
import { diskRefusal, freeBytes } from '#outbox/disk-space.ts';
import { openOutboxDatabase } from '#outbox/open-outbox-database.ts';
import type {
  Durability,
  MovedAside,
  OutboxFileOptions,
  OutboxReply,
  OutboxRequest,
  SourceStats,
} from '#outbox/outbox-messages.ts';
import { type Statements, prepareStatements, toSourceRow } from '#outbox/outbox-statements.ts';
import { OutboxTransaction } from '#outbox/outbox-transaction.ts';
import { type SourceRow, statsOf } from '#outbox/source-row.ts';
import { sqliteCode } from '#outbox/sqlite-code.ts';

export interface BatchResult {
  readonly replies: readonly OutboxReply[];
  readonly changed: readonly SourceStats[];
}

/**
 * The outbox's file in the writer's thread: each batch of requests is one transaction, answered after
 * its fdatasync. A refused request leaves no trace; a fault leaves the file as it was before the batch.
 */
export class OutboxFile {
  readonly movedAside: MovedAside | null;
  readonly durable: Durability;
  readonly #file: string;
  readonly #options: OutboxFileOptions;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #sources: Map<string, SourceRow>;
  #waiting: number;

  constructor(file: string, options: OutboxFileOptions) {
    const opened = openOutboxDatabase(file, options.fileBytes);
    this.#file = file;
    this.#options = options;
    this.#database = opened.database;
    this.movedAside = opened.movedAside;
    this.durable = opened.durable;
    this.#statements = prepareStatements(opened.database);
    const rows = this.#statements.readSources.all().map(toSourceRow);
    this.#sources = new Map(rows.map((row) => [row.address.source, row]));
    this.#waiting = rows.reduce((sum, row) => sum + row.seq - row.settledTo, 0);
  }

  /** Where every source stands. */
  stats(): readonly SourceStats[] {
    return [...this.#sources].map(([source, row]) => ({ source, stats: statsOf(row) }));
  }

  /** Answers every request in order. Throws only when the file can no longer be trusted. */
  run(requests: readonly OutboxRequest[]): BatchResult {
    const noSpace = requests.some(({ kind }) => kind === 'append')
      ? diskRefusal(this.#file, this.#options.diskHeadroomBytes)
      : null;
    try {
      return this.#transact(requests, noSpace);
    } catch (fault) {
      if (sqliteCode(fault) !== 'full') throw fault;
      return this.#runOnFullDisk(requests);
    }
  }

  /** The disk filled up under the batch: nothing is appended, and what is settled still gets free. */
  #runOnFullDisk(requests: readonly OutboxRequest[]): BatchResult {
    const noSpace = {
      refused: true,
      code: 'disk-full',
      detail: `The terminal's disk or outbox is full (${freeBytes(this.#file)} bytes free): free some space or restore the link, then try again.`,
    } as const;
    try {
      // A finished checkpoint lets the log start over, so that freeing needs no new disk space.
      this.#database.exec('pragma wal_checkpoint(truncate)');
      return this.#transact(requests, noSpace);
    } catch (fault) {
      if (sqliteCode(fault) !== 'full') throw fault;
      const replies = requests.map(({ kind }): OutboxReply =>
        kind === 'append' ? { value: noSpace } : { fault: noSpace.detail },
      );
      return { replies, changed: [] };
    }
  }

  #transact(requests: readonly OutboxRequest[], noSpace: Refusal | null): BatchResult {
    const transaction = new OutboxTransaction({
      statements: this.#statements,
      sources: this.#sources,
      waiting: this.#waiting,
      options: this.#options,
      noSpace,
    });
    this.#database.exec('begin immediate');
    let replies: OutboxReply[];
    try {
      replies = requests.map((request) => transaction.answer(request));
      this.#database.exec('commit');
    } catch (fault) {
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw fault;
    }
    return { replies, changed: this.#adopt(transaction) };
  }

  #adopt(transaction: OutboxTransaction): readonly SourceStats[] {
    this.#waiting = transaction.waiting;
    return [...transaction.changed].map(([source, row]) => {
      this.#sources.set(source, row);
      return { source, stats: statsOf(row) };
    });
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
