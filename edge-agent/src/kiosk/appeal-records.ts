import type { DatabaseSync } from 'node:sqlite';
import type { AppealReason, CorrectedDuty } from '@sightline/contracts';
import type { KnownAppeal } from '#domain/own-appeals.ts';

export const appealSchema = `
  create table if not exists appeal (
    appeal_id text primary key, person_id text not null, post text not null, day text not null,
    span text not null, reason text not null, at text not null,
    unique (person_id, post, day, span)
  ) strict;
`;

/** Those of one person. One a duty, so as many as a person has duties within the days they are remembered. */
export function appealsOf(db: DatabaseSync, personId: string): readonly KnownAppeal[] {
  const rows = db.prepare('select * from appeal where person_id = ? order by at').all(personId);
  return rows.map((row) => ({
    appealId: String(row['appeal_id']),
    personId,
    // Written by noteAppeal alone.
    duty: {
      post: String(row['post']) as CorrectedDuty['post'],
      day: String(row['day']),
      span: String(row['span']) as CorrectedDuty['span'],
    },
    reason: String(row['reason']) as AppealReason,
    at: String(row['at']),
  }));
}

export function noteAppeal(
  db: DatabaseSync,
  { appealId, personId, duty: { post, day, span }, reason, at }: KnownAppeal,
): void {
  db.prepare('insert into appeal values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing').run(
    appealId,
    personId,
    post,
    day,
    span,
    reason,
    at,
  );
}
