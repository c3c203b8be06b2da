import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KnownAttempt } from '#domain/course.ts';

const schema = `
  create table if not exists course_part (
    sha256 text primary key, done integer not null
  ) strict;
  create table if not exists course_told (
    course_id text not null, version integer not null, at text not null,
    primary key (course_id, version)
  ) strict;
  create table if not exists course_attempt (
    attempt_id text primary key, course_id text not null, version integer not null,
    person_id text not null, score integer not null, questions integer not null,
    passed integer not null, at text not null
  ) strict;
`;

/** Attempts remembered here, the oldest forgotten first: every person of a village, every course, every try. */
const attemptsKept = 2_000;
/** Downloads that were told. */
const toldKept = 200;

/**
 * 课程 as this terminal remembers it, in kiosk.db beside the rest: how far each file has come, what was
 * told, and who handed in what with which result. Never an answer, never what was watched.
 */
export class CourseRecords implements Disposable {
  readonly #db: DatabaseSync;

  /** After `KioskRecords.open`, which sets a damaged file aside. */
  static open(dir: string): CourseRecords {
    const db = new DatabaseSync(join(dir, 'kiosk.db'));
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 2000;');
    db.exec(schema);
    return new CourseRecords(db);
  }

  private constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Bytes of a file that are on the disk for sure; what lies behind them does not count. */
  doneOf(sha256: string): number {
    const row = this.#db.prepare('select done from course_part where sha256 = ?').get(sha256);
    return Number(row?.['done'] ?? 0);
  }

  noteDone(sha256: string, done: number): void {
    this.#db
      .prepare('insert into course_part values (?, ?) on conflict do update set done = ?2')
      .run(sha256, done);
  }

  forgetPart(sha256: string): void {
    this.#db.prepare('delete from course_part where sha256 = ?').run(sha256);
  }

  isTold(courseId: string, version: number): boolean {
    const row = this.#db
      .prepare('select 1 from course_told where course_id = ? and version = ?')
      .get(courseId, version);
    return row !== undefined;
  }

  noteTold(courseId: string, version: number, at: string): void {
    this.#db
      .prepare('insert into course_told values (?, ?, ?) on conflict do nothing')
      .run(courseId, version, at);
    this.#forget('course_told', toldKept);
  }

  /** Of one version, the oldest first. */
  attemptsAt(courseId: string, version: number): readonly KnownAttempt[] {
    const rows = this.#db
      .prepare('select * from course_attempt where course_id = ? and version = ? order by rowid')
      .all(courseId, version);
    return rows.map((row) => ({
      attemptId: String(row['attempt_id']),
      courseId,
      version,
      personId: String(row['person_id']),
      score: Number(row['score']),
      of: Number(row['questions']),
      passed: row['passed'] === 1,
    }));
  }

  noteAttempt(attempt: KnownAttempt, at: string): void {
    const { attemptId, courseId, version, personId, score, of, passed } = attempt;
    this.#db
      .prepare('insert into course_attempt values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing')
      .run(attemptId, courseId, version, personId, score, of, passed ? 1 : 0, at);
    this.#forget('course_attempt', attemptsKept);
  }

  #forget(table: 'course_told' | 'course_attempt', kept: number): void {
    this.#db
      .prepare(`delete from ${table} where rowid <= (select max(rowid) from ${table}) - ?`)
      .run(kept);
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
