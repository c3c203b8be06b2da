import { chmodSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ComplaintKind } from '@sightline/contracts';
import type { KnownCheckIn } from '#domain/decide-check-in.ts';
import type { KnownCheck } from '#domain/spot-check.ts';
import type { DutyMarks } from '#domain/duty-marks.ts';
import type { KnownNotice } from '#domain/notice.ts';
import type { KnownAbsence } from '#domain/own-absences.ts';
import type { KnownAppeal } from '#domain/own-appeals.ts';
import { noTries, type PinTries } from '#domain/pin-lock.ts';
import type { KnownAnswer } from '#domain/shift-change.ts';
import { absenceSchema, absencesOf, noteAbsence } from '#kiosk/absence-records.ts';
import { appealSchema, appealsOf, noteAppeal } from '#kiosk/appeal-records.ts';
import { checkSchema, checksOf, noteCheck, type CheckNote } from '#kiosk/check-records.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { MeetingRecords, meetingSchema } from '#kiosk/meeting-records.ts';
import { noteNotice, noticeSchema, noticesOf, type NoticeNote } from '#kiosk/notice-records.ts';
import { noteShiftAnswer, shiftAnswerSchema, shiftAnswersOf } from '#kiosk/shift-answer-records.ts';
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
${checkSchema}${noticeSchema}${appealSchema}${shiftAnswerSchema}${absenceSchema}${meetingSchema}`;

/** A complaint as this terminal remembers it: that it was made, never what it says. */
export interface KnownComplaint {
  readonly complaintId: string;
  readonly kind: ComplaintKind;
  readonly at: string;
  readonly reopenedAt: string | null;
}

/** What this terminal alone knows: PINs, wrong tries, used codes, and who has checked in lately. */
export class KioskRecords implements Disposable {
  readonly #db: DatabaseSync;

  /** 会议, 远程开启许可, 遮板. */
  readonly meetings: MeetingRecords;

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
    this.meetings = new MeetingRecords(db);
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

  absencesOf(personId: string): readonly KnownAbsence[] {
    return absencesOf(this.#db, personId);
  }

  noteAbsence(absence: KnownAbsence): void {
    this.#forgetBefore('absence', 'at', { at: absence.at, days: kioskLimits.complaintDays });
    noteAbsence(this.#db, absence);
  }

  shiftAnswers(): readonly KnownAnswer[] {
    return shiftAnswersOf(this.#db);
  }

  noteShiftAnswer(said: KnownAnswer): void {
    this.#forgetBefore('shift_answer', 'at', { at: said.at, days: kioskLimits.complaintDays });
    noteShiftAnswer(this.#db, said);
  }

  check(checkId: string): KnownCheck | null {
    return this.checks().find((known) => known.checkId === checkId) ?? null;
  }

  checks(): readonly KnownCheck[] {
    return checksOf(this.#db);
  }

  noteCheck(checkId: string, note: CheckNote): void {
    this.#forgetBefore('spot_check', 'delivered_at', { at: note.at, days: kioskLimits.checkDays });
    noteCheck(this.#db, checkId, note);
  }

  notices(): readonly KnownNotice[] {
    return noticesOf(this.#db);
  }

  noteNotice(noticeId: string, note: NoticeNote): void {
    noteNotice(this.#db, noticeId, note);
  }

  #forgetBefore(
    table:
      | 'used_grant'
      | 'check_in'
      | 'check_out'
      | 'complaint'
      | 'spot_check'
      | 'appeal'
      | 'shift_answer'
      | 'absence',
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
