import type { DatabaseSync } from 'node:sqlite';
import type { ShiftAnswer } from '@sightline/contracts';
import type { KnownAnswer } from '#domain/shift-change.ts';

export const shiftAnswerSchema = `
  create table if not exists shift_answer (
    change_id text not null, person_id text not null, answer text not null, at text not null,
    primary key (change_id, person_id)
  ) strict;
`;

/** Bounded by the days they are remembered: two a request. */
export function shiftAnswersOf(db: DatabaseSync): readonly KnownAnswer[] {
  const rows = db.prepare('select * from shift_answer order by at').all();
  return rows.map((row) => ({
    changeId: String(row['change_id']),
    personId: String(row['person_id']),
    // Written by noteShiftAnswer alone.
    answer: String(row['answer']) as ShiftAnswer,
    at: String(row['at']),
  }));
}

export function noteShiftAnswer(
  db: DatabaseSync,
  { changeId, personId, answer, at }: KnownAnswer,
): void {
  db.prepare('insert into shift_answer values (?, ?, ?, ?) on conflict do nothing').run(
    changeId,
    personId,
    answer,
    at,
  );
}
