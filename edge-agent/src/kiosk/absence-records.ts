import type { DatabaseSync } from 'node:sqlite';
import type { KnownAbsence } from '#domain/own-absences.ts';

export const absenceSchema = `
  create table if not exists absence (
    absence_id text primary key, person_id text not null, first_day text not null,
    last_day text not null, at text not null
  ) strict;
`;

/** Those of one person: bounded by the days they are remembered and by how many may wait. */
export function absencesOf(db: DatabaseSync, personId: string): readonly KnownAbsence[] {
  const rows = db.prepare('select * from absence where person_id = ? order by at').all(personId);
  return rows.map((row) => ({
    absenceId: String(row['absence_id']),
    personId,
    from: String(row['first_day']),
    to: String(row['last_day']),
    at: String(row['at']),
  }));
}

export function noteAbsence(
  db: DatabaseSync,
  { absenceId, personId, from, to, at }: KnownAbsence,
): void {
  db.prepare('insert into absence values (?, ?, ?, ?, ?) on conflict do nothing').run(
    absenceId,
    personId,
    from,
    to,
    at,
  );
}
