import type { DatabaseSync } from 'node:sqlite';
import { noticeLimits } from '@sightline/contracts';
import type { KnownNotice } from '#domain/notice.ts';

/** By number, not by age: a notice may stand for months, and is not to be delivered again. */
const noticesKept = 10 * noticeLimits.perTerminal;

export const noticeSchema = `
  create table if not exists notice (
    notice_id text primary key, delivered_at text not null, read_at text, person_id text
  ) strict;
`;

/** What was said of a notice just now; each thing is noted once. */
export interface NoticeNote {
  readonly at: string;
  /** By whose PIN; null = by nobody in particular. */
  readonly read?: { readonly personId: string | null };
}

/** The newest first, more than a desired state can name. */
export function noticesOf(db: DatabaseSync): readonly KnownNotice[] {
  const rows = db.prepare('select * from notice order by rowid desc limit ?').all(noticesKept);
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  return rows.map((row) => ({
    noticeId: String(row['notice_id']),
    deliveredAt: String(row['delivered_at']),
    readAt: textOf(row['read_at']),
    personId: textOf(row['person_id']),
  }));
}

export function noteNotice(db: DatabaseSync, noticeId: string, { at, read }: NoticeNote): void {
  db.prepare(
    `insert into notice values (?1, ?2, ?3, ?4)
       on conflict do update set read_at = coalesce(read_at, ?3),
         person_id = coalesce(person_id, ?4)`,
  ).run(noticeId, at, read === undefined ? null : at, read?.personId ?? null);
  db.prepare(
    `delete from notice where notice_id not in
         (select notice_id from notice order by rowid desc limit ?)`,
  ).run(noticesKept);
}
