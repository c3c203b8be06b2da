import {
  absenceStream,
  regionRange,
  type AbsenceState,
  type Away,
  type Day,
  type FactData,
  type Refusal,
  type Region,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Client, Queryable } from '#engine/store.ts';
import { appendShownFact } from '#log/append-shown-fact.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { holdDesired } from '#terminals/hold-desired.ts';
import { absenceProjection } from './absence-projection.ts';
import { tellAbsences } from './tell-absences.ts';

/** 外出, as it stands. */
export interface Absence extends Away {
  readonly absenceId: string;
  readonly position: number;
  readonly region: Region;
  readonly state: AbsenceState;
  readonly saidAt: string;
  readonly saidBy: string;
  readonly terminalId: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
}

const columns = `a.absence_id as "absenceId", a.position, a.region, a.person_id as "personId",
  a.first_day as "from", a.last_day as "to", a.state, a.said_at as "saidAt", a.said_by as "saidBy",
  a.terminal_id as "terminalId", a.decided_at as "decidedAt", a.decided_by as "decidedBy",
  a.withdrawn_at as "withdrawnAt", a.withdrawn_by as "withdrawnBy"`;

/** SQL: whether a person is away when a shift begins. */
export function awayWhen(person: string, shift: string): string {
  return `exists (select from absence gone where gone.person_id = ${person} and gone.state = 'approved'
    and left(${shift}, 10) between gone.first_day and gone.last_day)`;
}

/** What a decision rests on. */
export interface HeldAbsence {
  /** Locked until the end of the transaction; null = there is none. */
  readonly absence: Absence | null;
  /** Up to where the log is in `absence`. */
  readonly seenPosition: number;
}

export async function holdAbsence(client: Client, absenceId: string): Promise<HeldAbsence> {
  const cursor = await client.query<{ position: number }>(
    `select coalesce(max(position), 0) as position from projection_cursor where name = $1`,
    [absenceProjection.name],
  );
  const { rows } = await client.query<Absence & { changed: number }>(
    `select ${columns}, a.changed_position as changed from absence a where absence_id = $1 for update`,
    [absenceId],
  );
  const seen = rows.map(({ changed }) => Number(changed));
  return {
    absence: rows[0] ?? null,
    seenPosition: Math.max(Number(cursor.rows[0]?.position ?? 0), ...seen),
  };
}

export async function findAbsenceRegion(db: Queryable, absenceId: string): Promise<Region | null> {
  const { rows } = await db.query<{ region: Region }>(
    'select region from absence where absence_id = $1',
    [absenceId],
  );
  return rows[0]?.region ?? null;
}

export interface AbsencePage {
  readonly scope: Region;
  /** Those that wait or count, and are not over on this day; null = all. */
  readonly openOn: Day | null;
  /** The last position of the page before. */
  readonly before: number | null;
  readonly limit: number;
}

/** An absence in a list, with the shifts of its days that the person still holds. */
export interface ListedAbsence extends Absence {
  readonly name: string;
  readonly shiftsHeld: number;
}

/** The scope's absences, newest first. The receipt proves that the reading was audited. */
export async function listAbsences(
  db: Queryable,
  _receipt: AuditReceipt,
  { scope, openOn, before, limit }: AbsencePage,
): Promise<ListedAbsence[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<ListedAbsence>(
    `select ${columns}, p.name, (
       select count(*)::int from roster_slot s where s.person_id = a.person_id
         and s.shift >= a.first_day and s.shift <= a.last_day || '/night') as "shiftsHeld"
     from absence a join person p using (person_id)
     where a.region >= $1 and a.region < $2
       and ($3::text is null or a.state in ('asked', 'approved') and a.last_day >= $3)
       and ($4::bigint is null or a.position < $4) order by a.position desc limit $5`,
    [range.from, range.to, openOn, before, limit],
  );
  return rows;
}

/** Who of the villages is away on any of these days, both included, as approved. */
export async function readAway(
  db: Queryable,
  {
    regions,
    from,
    to,
  }: { readonly regions: readonly Region[]; readonly from: Day; readonly to: Day },
): Promise<(Away & { readonly region: Region })[]> {
  const { rows } = await db.query<Away & { readonly region: Region }>(
    `select region, person_id as "personId", first_day as "from", last_day as "to" from absence
     where state = 'approved' and region = any ($1) and last_day >= $2 and first_day <= $3
     order by region, first_day, person_id`,
    [regions, from, to],
  );
  return rows;
}

type AbsenceFactType = 'absence.entered' | 'absence.decided';

/**
 * Appends one fact of an absence in the caller's transaction, shows it in `absence` at once and tells the
 * village's terminals. Refuses `conflict` where a terminal said something of it that is not projected yet.
 */
export async function appendAbsence<T extends AbsenceFactType>(
  client: Client,
  {
    absenceId,
    ...draft
  }: {
    readonly region: Region;
    readonly absenceId: string;
    readonly type: T;
    readonly data: FactData<T>;
  },
  { seenPosition, ...change }: RegisterChange & { readonly seenPosition: number },
): Promise<Refusal | null> {
  const stream = absenceStream(draft.region, absenceId);
  const held = await holdDesired(client, [draft.region], 'absences');
  const refusal = await appendShownFact(
    client,
    { ...draft, stream },
    {
      projection: absenceProjection,
      change: { ...change, expectedPosition: { stream, position: seenPosition } },
    },
  );
  if (refusal === null) await tellAbsences(client, held, change.now);
  return refusal;
}
