import { chmodSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { noticeLimits, spotCheckLimits, type ComplaintKind } from '@sightline/contracts';
import type { KnownCheckIn } from '#domain/decide-check-in.ts';
import type { KnownCheck } from '#domain/spot-check.ts';
import type { DutyMarks } from '#domain/duty-marks.ts';
import type { KnownNotice } from '#domain/notice.ts';
import { noTries, type PinTries } from '#domain/pin-lock.ts';
import { appealSchema, appealsOf, noteAppeal, type KnownAppeal } from '#kiosk/appeal-records.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { sqliteCode } from '#outbox/sqlite-code.ts';

const schema = `
  create table if not exists pin (person_id text primary key, hash text not null) strict;
  create table if not exists try (
    subject text primary key, wrong integer not null, locked_until text
  ) strict;
  create table if not exists used_grant (grant_id text primary key, used_at text not null) strict;
  create table if not exists check_in (
    person_id text not null, shift text not null, at text not null,
    primary key (person_id, shift)
  ) strict;
  create table if not exists check_out (
    person_id text not null, shift text not null, at text not null,
    primary key (person_id, shift)
  ) strict;
  create table if not exists complaint (
    complaint_id text primary key, kind text not null, at text not null, reopened_at text
  ) strict;
  create table if not exists spot_check (
    check_id text primary key, delivered_at text not null, shown_at text, answered_at text,
    person_id text, method text, call_asked_at text
  ) strict;
  create table if not exists notice (
    notice_id text primary key, delivered_at text not null, read_at text, person_id text
  ) strict;
${appealSchema}`;

/** A complaint as this terminal remembers it: that it was made, never what it says. */
export interface KnownComplaint {
  readonly complaintId: string;
  readonly kind: ComplaintKind;
  readonly at: string;
  readonly reopenedAt: string | null;
}

/** What was said of a check just now; each thing is noted once. */
export interface CheckNote {
  readonly at: string;
  readonly shown?: boolean;
  readonly callAsked?: boolean;
  readonly answer?: { readonly personId: string; readonly method: string };
}

/** What was said of a notice just now; each thing is noted once. */
export interface NoticeNote {
  readonly at: string;
  /** By whose PIN; null = by nobody in particular. */
  readonly read?: { readonly personId: string | null };
}

/** What this terminal alone knows: PINs, wrong tries, used codes, and who has checked in lately. */
export class KioskRecords implements Disposable {
  readonly #db: DatabaseSync;

  /** A sentence when the file was damaged and an empty one was begun. */
  readonly trouble: string | null;

  /** A damaged file is set aside and `trouble` says so. @throws Error naming the file when it cannot be opened. */
  static open(dir: string): KioskRecords {
    const file = join(dir, 'kiosk.db');
    try {
      return new KioskRecords(openDatabase(file), null);
    } catch (fault) {
      if (!isDamage(fault)) throw new Error(`${file} cannot be opened.`, { cause: fault });
      for (const tail of ['-wal', '-shm']) rmSync(file + tail, { force: true });
      renameSync(file, `${file}.unreadable`);
      const trouble = `The PINs could not be read and were set aside as ${file}.unreadable. Set them again.`;
      return new KioskRecords(openDatabase(file), trouble);
    }
  }

  private constructor(db: DatabaseSync, trouble: string | null) {
    this.#db = db;
    this.trouble = trouble;
  }

  pinHash(personId: string): string | null {
    const row = this.#db.prepare('select hash from pin where person_id = ?').get(personId);
    return typeof row?.['hash'] === 'string' ? row['hash'] : null;
  }

  pinHolders(): readonly string[] {
    const rows = this.#db.prepare('select person_id from pin').all();
    return rows.map((row) => String(row['person_id']));
  }

  setPin(personId: string, hash: string): void {
    this.#db
      .prepare('insert into pin values (?, ?) on conflict do update set hash = excluded.hash')
      .run(personId, hash);
  }

  forgetPin(personId: string): void {
    this.#db.prepare('delete from pin where person_id = ?').run(personId);
    this.#db.prepare('delete from try where subject = ?').run(`pin:${personId}`);
  }

  tries(subject: string): PinTries {
    const row = this.#db
      .prepare('select wrong, locked_until from try where subject = ?')
      .get(subject);
    if (row === undefined) return noTries;
    const until = row['locked_until'];
    const lockedUntil = typeof until === 'string' ? Temporal.Instant.from(until) : null;
    return { wrong: Number(row['wrong']), lockedUntil };
  }

  saveTries(subject: string, { wrong, lockedUntil }: PinTries): void {
    this.#db
      .prepare(
        `insert into try values (?, ?, ?)
         on conflict do update set wrong = excluded.wrong, locked_until = excluded.locked_until`,
      )
      .run(subject, wrong, lockedUntil?.toString() ?? null);
  }

  usedGrants(): ReadonlySet<string> {
    const rows = this.#db.prepare('select grant_id from used_grant').all();
    return new Set(rows.map((row) => String(row['grant_id'])));
  }

  /** @throws Error when the grant was used before. */
  useGrant(grantId: string, at: string): void {
    this.#forgetBefore('used_grant', 'used_at', { at, days: kioskLimits.grantDays });
    this.#db.prepare('insert into used_grant values (?, ?)').run(grantId, at);
  }

  checkIns(shift: string): readonly KnownCheckIn[] {
    const rows = this.#db
      .prepare('select person_id, shift, at from check_in where shift = ? order by at')
      .all(shift);
    return rows.map(checkInOf);
  }

  /** Everything of the days that are remembered: at most a check-in a person and shift. */
  marks(): DutyMarks {
    const read = (table: 'check_in' | 'check_out'): KnownCheckIn[] =>
      this.#db
        .prepare(`select person_id, shift, at from ${table} order by at`)
        .all()
        .map(checkInOf);
    return { checkIns: read('check_in'), checkOuts: read('check_out') };
  }

  noteCheckOut({ personId, shift, at }: KnownCheckIn): void {
    this.#forgetBefore('check_out', 'at', { at, days: kioskLimits.checkInDays });
    this.#db
      .prepare('insert into check_out values (?, ?, ?) on conflict do nothing')
      .run(personId, shift, at);
  }

  noteCheckIn({ personId, shift, at }: KnownCheckIn): void {
    this.#forgetBefore('check_in', 'at', { at, days: kioskLimits.checkInDays });
    this.#db
      .prepare('insert into check_in values (?, ?, ?) on conflict do nothing')
      .run(personId, shift, at);
  }

  complaint(complaintId: string): KnownComplaint | null {
    return this.complaints().find((known) => known.complaintId === complaintId) ?? null;
  }

  /** The newest first; bounded by the days they are remembered and the pace they may be made at. */
  complaints(): readonly KnownComplaint[] {
    const rows = this.#db
      .prepare('select * from complaint order by at desc limit ?')
      .all(kioskLimits.complaintsKept);
    return rows.map((row) => ({
      complaintId: String(row['complaint_id']),
      // Written by noteComplaint alone.
      kind: String(row['kind']) as ComplaintKind,
      at: String(row['at']),
      reopenedAt: typeof row['reopened_at'] === 'string' ? row['reopened_at'] : null,
    }));
  }

  noteComplaint({ complaintId, kind, at }: Omit<KnownComplaint, 'reopenedAt'>): void {
    this.#forgetBefore('complaint', 'at', { at, days: kioskLimits.complaintDays });
    this.#db
      .prepare('insert into complaint values (?, ?, ?, null) on conflict do nothing')
      .run(complaintId, kind, at);
  }

  noteReopened(complaintId: string, at: string): void {
    this.#db
      .prepare('update complaint set reopened_at = ? where complaint_id = ?')
      .run(at, complaintId);
  }

  appealsOf(personId: string): readonly KnownAppeal[] {
    return appealsOf(this.#db, personId);
  }

  noteAppeal(appeal: KnownAppeal): void {
    this.#forgetBefore('appeal', 'at', { at: appeal.at, days: kioskLimits.complaintDays });
    noteAppeal(this.#db, appeal);
  }

  check(checkId: string): KnownCheck | null {
    return this.checks().find((known) => known.checkId === checkId) ?? null;
  }

  /** The newest first, at most as many as a desired state can name. */
  checks(): readonly KnownCheck[] {
    const rows = this.#db
      .prepare('select * from spot_check order by delivered_at desc limit ?')
      .all(2 * spotCheckLimits.perTerminal);
    const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
    return rows.map((row) => ({
      checkId: String(row['check_id']),
      deliveredAt: String(row['delivered_at']),
      shownAt: textOf(row['shown_at']),
      answeredAt: textOf(row['answered_at']),
      personId: textOf(row['person_id']),
      method: textOf(row['method']),
      callAskedAt: textOf(row['call_asked_at']),
    }));
  }

  noteCheck(checkId: string, { at, shown, callAsked, answer }: CheckNote): void {
    this.#forgetBefore('spot_check', 'delivered_at', { at, days: kioskLimits.checkDays });
    this.#db
      .prepare(
        `insert into spot_check values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict do update set shown_at = coalesce(shown_at, ?3),
           answered_at = coalesce(answered_at, ?4), person_id = coalesce(person_id, ?5),
           method = coalesce(method, ?6), call_asked_at = coalesce(call_asked_at, ?7)`,
      )
      .run(
        checkId,
        at,
        shown === true ? at : null,
        answer === undefined ? null : at,
        answer?.personId ?? null,
        answer?.method ?? null,
        callAsked === true ? at : null,
      );
  }

  /** The newest first, more than a desired state can name. */
  notices(): readonly KnownNotice[] {
    const rows = this.#db
      .prepare('select * from notice order by rowid desc limit ?')
      .all(noticesKept);
    const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
    return rows.map((row) => ({
      noticeId: String(row['notice_id']),
      deliveredAt: String(row['delivered_at']),
      readAt: textOf(row['read_at']),
      personId: textOf(row['person_id']),
    }));
  }

  noteNotice(noticeId: string, { at, read }: NoticeNote): void {
    this.#db
      .prepare(
        `insert into notice values (?1, ?2, ?3, ?4)
         on conflict do update set read_at = coalesce(read_at, ?3),
           person_id = coalesce(person_id, ?4)`,
      )
      .run(noticeId, at, read === undefined ? null : at, read?.personId ?? null);
    this.#db
      .prepare(
        `delete from notice where notice_id not in
           (select notice_id from notice order by rowid desc limit ?)`,
      )
      .run(noticesKept);
  }

  #forgetBefore(
    table: 'used_grant' | 'check_in' | 'check_out' | 'complaint' | 'spot_check' | 'appeal',
    column: 'used_at' | 'at' | 'delivered_at',
    limit: { readonly at: string; readonly days: number },
  ): void {
    const before = Temporal.Instant.from(limit.at).subtract({ hours: 24 * limit.days });
    this.#db.prepare(`delete from ${table} where ${column} < ?`).run(before.toString());
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

function checkInOf(row: Record<string, unknown>): KnownCheckIn {
  return {
    personId: String(row['person_id']),
    shift: String(row['shift']),
    at: String(row['at']),
  };
}
/** By number, not by age: a notice may stand for months, and is not to be delivered again. */
const noticesKept = 10 * noticeLimits.perTerminal;

function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    chmodSync(file, 0o600);
    // Full: "your PIN is set" is said only when it is on disk.
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 2000;');
    db.exec(schema);
    return db;
  } catch (fault) {
    db.close();
    throw fault;
  }
}

function isDamage(fault: unknown): boolean {
  const code = sqliteCode(fault);
  return code === 'corrupt' || code === 'not-a-database';
}
