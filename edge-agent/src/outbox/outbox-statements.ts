import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { DeadLetter, PendingFact } from '#outbox/outbox-messages.ts';
import type { SourceRow } from '#outbox/source-row.ts';

type Row = Record<string, SQLOutputValue>;

/** Every statement of the outbox, prepared once. */
export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(database: DatabaseSync) {
  return {
    readSources: database.prepare(`
      select s.*,
        (select at from fact f where f.source_id = s.source_id and f.seq = s.settled_to + 1) as oldest_at,
        (select count(*) from dead_letter d where d.source_id = s.source_id) as dead_letters
      from source s`),
    createSource: database.prepare(
      'insert into source (source, region, terminal_id) values (?, ?, ?) returning source_id',
    ),
    moveHead: database.prepare(
      'update source set seq = ?, hash = ?, last_at = ? where source_id = ?',
    ),
    appendFact: database.prepare(
      'insert into fact (source_id, seq, at, hash, body) values (?, ?, ?, ?, ?)',
    ),
    keepDeadLetter: database.prepare(`
      insert into dead_letter (source_id, seq, reason, message, at, body)
      select source_id, seq, ?, ?, at, body from fact where source_id = ? and seq = ?
      on conflict do nothing`),
    dropOldestDeadLetters: database.prepare(`
      delete from dead_letter where dead_letter_id in
        (select dead_letter_id from dead_letter where source_id = ? order by dead_letter_id limit ?)`),
    freeFacts: database.prepare('delete from fact where source_id = ? and seq <= ?'),
    settle: database.prepare(
      'update source set settled_to = ?, dead_letters_dropped = ? where source_id = ?',
    ),
    atOfFact: database.prepare('select at from fact where source_id = ? and seq = ?'),
    pending: database.prepare(
      'select seq, body, hash from fact where source_id = ? and seq >= ? order by seq limit ?',
    ),
    deadLetters: database.prepare(`
      select dead_letter_id as id, seq, reason, message, at, body from dead_letter
      where source_id = ? and dead_letter_id < ? order by dead_letter_id desc limit ?`),
  };
}

export function toSourceRow(row: Row): SourceRow {
  return {
    sourceId: Number(row['source_id']),
    address: {
      source: String(row['source']),
      region: String(row['region']),
      terminalId: String(row['terminal_id']),
    },
    seq: Number(row['seq']),
    hash: textOrNull(row['hash']),
    settledTo: Number(row['settled_to']),
    lastAt: textOrNull(row['last_at']),
    oldestAt: textOrNull(row['oldest_at']),
    deadLetters: Number(row['dead_letters']),
    deadLettersDropped: Number(row['dead_letters_dropped']),
  };
}

export function toPendingFact(row: Row): PendingFact {
  return { seq: Number(row['seq']), body: String(row['body']), hash: String(row['hash']) };
}

export function toDeadLetter(row: Row): DeadLetter {
  return {
    id: Number(row['id']),
    seq: Number(row['seq']),
    reason: String(row['reason']),
    message: String(row['message']),
    at: String(row['at']),
    body: String(row['body']),
  };
}

export function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
