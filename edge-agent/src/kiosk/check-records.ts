import type { DatabaseSync } from 'node:sqlite';
import { spotCheckLimits } from '@sightline/contracts';
import type { KnownCheck } from '#domain/spot-check.ts';

export const checkSchema = `
  create table if not exists spot_check (
    check_id text primary key, delivered_at text not null, shown_at text, answered_at text,
    person_id text, method text, call_asked_at text
  ) strict;
`;

/** What was said of a check just now; each thing is noted once. */
export interface CheckNote {
  readonly at: string;
  readonly shown?: boolean;
  readonly callAsked?: boolean;
  readonly answer?: { readonly personId: string; readonly method: string };
}

/** The newest first, at most as many as a desired state can name. */
export function checksOf(db: DatabaseSync): readonly KnownCheck[] {
  const rows = db
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

export function noteCheck(
  db: DatabaseSync,
  checkId: string,
  { at, shown, callAsked, answer }: CheckNote,
): void {
  db.prepare(
    `insert into spot_check values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       on conflict do update set shown_at = coalesce(shown_at, ?3),
         answered_at = coalesce(answered_at, ?4), person_id = coalesce(person_id, ?5),
         method = coalesce(method, ?6), call_asked_at = coalesce(call_asked_at, ?7)`,
  ).run(
    checkId,
    at,
    shown === true ? at : null,
    answer === undefined ? null : at,
    answer?.personId ?? null,
    answer?.method ?? null,
    callAsked === true ? at : null,
  );
}
