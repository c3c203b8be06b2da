import {
  regionRange,
  shiftChangeStream,
  type FactData,
  type Refusal,
  type Region,
  type SaidBy,
  type ShiftChangeAsk,
  type ShiftChangeState,
  type ShiftChangeWord,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import { isoText } from '#engine/iso-text.ts';
import type { Client, Queryable } from '#engine/store.ts';
import { appendShownFact } from '#log/append-shown-fact.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { holdDesired } from '#terminals/hold-desired.ts';
import { dutyChangeProjection } from './duty-change-projection.ts';
import { tellShiftChanges } from './tell-shift-changes.ts';

/** A request to change a duty, as it stands. */
export interface DutyChange {
  readonly position: number;
  readonly region: Region;
  readonly state: ShiftChangeState;
  readonly ask: ShiftChangeAsk;
  readonly askedAt: string;
  readonly askedBy: string;
  readonly askedSaidBy: SaidBy;
  readonly agreedAt: string | null;
  readonly agreedBy: string | null;
  readonly agreedSaidBy: SaidBy | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly words: readonly ShiftChangeWord[];
}

const columns = `position, region, state, ask, asked_at as "askedAt", asked_by as "askedBy",
  asked_said_by as "askedSaidBy", agreed_at as "agreedAt", agreed_by as "agreedBy",
  agreed_said_by as "agreedSaidBy", decided_at as "decidedAt", decided_by as "decidedBy",
  (select coalesce(jsonb_agg(jsonb_build_object('personId', w.person_id, 'answer', w.answer,
     'method', w.method, 'at', ${isoText('w.said_at')}, 'receivedAt', ${isoText('w.received_at')},
     'terminalId', w.terminal_id, 'isLate', w.is_late) order by w.position), '[]')
   from duty_change_word w where w.change_id = duty_change.change_id) as words`;

/** What a decision rests on. */
export interface HeldDutyChange {
  /** Locked until the end of the transaction; null = there is none. */
  readonly change: DutyChange | null;
  /** Up to where the log is in `change`. */
  readonly seenPosition: number;
}

export async function holdDutyChange(client: Client, changeId: string): Promise<HeldDutyChange> {
  const cursor = await client.query<{ position: number }>(
    `select coalesce(max(position), 0) as position from projection_cursor where name = $1`,
    [dutyChangeProjection.name],
  );
  const { rows } = await client.query<DutyChange & { changed: number }>(
    `select ${columns}, changed_position as changed from duty_change where change_id = $1 for update`,
    [changeId],
  );
  const seen = rows.map(({ changed }) => Number(changed));
  return {
    change: rows[0] ?? null,
    seenPosition: Math.max(Number(cursor.rows[0]?.position ?? 0), ...seen),
  };
}

export async function findDutyChangeRegion(
  db: Queryable,
  changeId: string,
): Promise<Region | null> {
  const { rows } = await db.query<{ region: Region }>(
    'select region from duty_change where change_id = $1',
    [changeId],
  );
  return rows[0]?.region ?? null;
}

export interface DutyChangePage {
  readonly scope: Region;
  readonly onlyOpen: boolean;
  /** The last position of the page before. */
  readonly before: number | null;
  readonly limit: number;
}

/** The scope's requests, newest first: those that wait, or all. */
export async function listDutyChanges(
  db: Queryable,
  _receipt: AuditReceipt,
  { scope, onlyOpen, before, limit }: DutyChangePage,
): Promise<DutyChange[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<DutyChange>(
    `select ${columns} from duty_change
     where region >= $1 and region < $2 and (not $3 or decided_at is null)
       and ($4::bigint is null or position < $4) order by position desc limit $5`,
    [range.from, range.to, onlyOpen, before, limit],
  );
  return rows;
}

type ShiftFactType = 'shift-change.asked' | 'shift-change.agreed' | 'shift-change.decided';

/**
 * Appends one fact of a request in the caller's transaction, shows it in `duty_change` at once and tells the
 * village's terminals. Refuses `conflict` where a terminal said something of it that is not projected yet.
 */
export async function appendDutyChange<T extends ShiftFactType>(
  client: Client,
  {
    changeId,
    ...draft
  }: {
    readonly region: Region;
    readonly changeId: string;
    readonly type: T;
    readonly data: FactData<T>;
  },
  { seenPosition, ...change }: RegisterChange & { readonly seenPosition: number },
): Promise<Refusal | null> {
  const stream = shiftChangeStream(draft.region, changeId);
  const held = await holdDesired(client, [draft.region], 'shiftChanges');
  const expectedPosition = { stream, position: seenPosition };
  const refusal = await appendShownFact(
    client,
    { ...draft, stream },
    { projection: dutyChangeProjection, change: { ...change, expectedPosition } },
  );
  if (refusal === null) await tellShiftChanges(client, held, change.now);
  return refusal;
}
