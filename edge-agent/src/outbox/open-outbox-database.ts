import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Durability, MovedAside } from '#outbox/outbox-messages.ts';
import { sqliteCode } from '#outbox/sqlite-code.ts';

const schemaVersion = 1;

const schema = `
  create table source (
    source_id integer primary key,
    source text not null unique,
    region text not null,
    terminal_id text not null,
    seq integer not null default 0 check (seq >= 0),
    hash text check ((hash is null) = (seq = 0)),
    settled_to integer not null default 0 check (settled_to between 0 and seq),
    last_at text,
    dead_letters_dropped integer not null default 0
  ) strict;
  create table fact (
    source_id integer not null references source,
    seq integer not null,
    at text not null,
    hash text not null,
    body text not null,
    primary key (source_id, seq)
  ) strict; -- With a rowid: without it a row over a quarter page takes a page of its own.
  create table dead_letter (
    dead_letter_id integer primary key,
    source_id integer not null references source,
    seq integer not null,
    reason text not null,
    message text not null,
    at text not null,
    body text not null,
    unique (source_id, seq)
  ) strict;
  pragma user_version = ${schemaVersion};
`;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly movedAside: MovedAside | null;
  readonly durable: Durability;
}

/**
 * Opens the outbox's file, alone. A damaged one is renamed to `<file>.damaged-<time>`, never deleted,
 * and an empty one begun. Throws where the file is in use, of a newer version, or unreachable.
 */
export function openOutboxDatabase(file: string, fileBytes: number): OpenedDatabase {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    return { ...openSound(file, fileBytes), movedAside: null };
  } catch (fault) {
    const reason = damageOf(fault);
    if (reason === null) throw explained(file, fault);
    const to = moveAside(file);
    return { ...openSound(file, fileBytes), movedAside: { to, reason } };
  }
}

/** The file's content is not what was written. */
class DamageError extends Error {}

function openSound(file: string, fileBytes: number): Omit<OpenedDatabase, 'movedAside'> {
  closeSync(openSync(file, 'a', 0o600)); // SQLite gives its log the mode of the file.
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Exclusive before WAL: no shared memory, and a second process cannot fork the chain.
    database.exec('pragma locking_mode = exclusive');
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    database.exec('pragma foreign_keys = on');
    database.exec(`pragma max_page_count = ${Math.ceil(fileBytes / 4096)}`);
    database.exec('pragma journal_size_limit = 16777216');
    prepareSchema(database);
    return { database, durable: readDurability(database) };
  } catch (fault) {
    database.close();
    throw fault;
  }
}

function prepareSchema(database: DatabaseSync): void {
  const version = Number(pragma(database, 'user_version'));
  if (version > schemaVersion) {
    throw new Error(
      `its version is ${version} and this program knows ${schemaVersion}: start the newer program`,
    );
  }
  if (version === 0) database.exec(`begin immediate; ${schema} commit`);
  const check = pragma(database, 'quick_check');
  if (check !== 'ok') throw new DamageError(String(check));
  const orphans = database
    .prepare(
      'select count(*) as holes from source where seq - settled_to <> (select count(*) from fact where fact.source_id = source.source_id)',
    )
    .get();
  if (Number(orphans?.['holes']) > 0) throw new DamageError('A chain in it has holes.');
}

function readDurability(database: DatabaseSync): Durability {
  const durable = {
    journalMode: String(pragma(database, 'journal_mode')),
    synchronous: Number(pragma(database, 'synchronous')),
  };
  if (durable.journalMode !== 'wal' || durable.synchronous !== 2) {
    throw new Error(
      `it would not be durable here (journal_mode ${durable.journalMode}, synchronous ${durable.synchronous}): put it on a local disk`,
    );
  }
  return durable;
}

function pragma(database: DatabaseSync, name: string): unknown {
  const row = database.prepare(`pragma ${name}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}

function damageOf(fault: unknown): string | null {
  if (fault instanceof DamageError) return fault.message;
  const code = sqliteCode(fault);
  return code === 'corrupt' || code === 'not-a-database' ? String(fault) : null;
}

function moveAside(file: string): string {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '');
  const to = `${file}.damaged-${stamp}`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${to}${suffix}`);
  }
  return to;
}

function explained(file: string, cause: unknown): Error {
  const code = sqliteCode(cause);
  const why =
    code === 'busy'
      ? 'another process is using it: stop that one, or give this one another folder'
      : code === 'full'
        ? 'the disk is full: free some space'
        : cause instanceof Error
          ? cause.message
          : String(cause);
  return new Error(`The outbox ${file} cannot be opened: ${why}.`, { cause });
}
