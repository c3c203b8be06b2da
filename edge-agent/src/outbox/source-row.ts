import type { OutboxStats, SourceAddress } from '#outbox/outbox-messages.ts';

/** A source's line in the file, as last committed. Replaced, never changed. */
export interface SourceRow {
  readonly sourceId: number;
  readonly address: SourceAddress;
  readonly seq: number;
  readonly hash: string | null;
  readonly settledTo: number;
  readonly lastAt: string | null;
  readonly oldestAt: string | null;
  readonly deadLetters: number;
  readonly deadLettersDropped: number;
}

export function statsOf(row: SourceRow): OutboxStats {
  return {
    waiting: row.seq - row.settledTo,
    oldestAt: row.oldestAt,
    deadLetters: row.deadLetters,
    deadLettersDropped: row.deadLettersDropped,
    seq: row.seq,
    hash: row.hash,
    settledTo: row.settledTo,
    lastAt: row.lastAt,
  };
}
