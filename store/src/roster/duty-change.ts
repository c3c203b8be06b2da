import {
  regionRange,
  type FactData,
  type Refusal,
  type Region,
  type SaidBy,
  type ShiftChangeAsk,
  type ShiftChangeState,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Client, Queryable } from '#engine/store.ts';
import { appendShownFact } from '#log/append-shown-fact.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { dutyChangeProjection } from './duty-change-projection.ts';

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
}

const columns = `position, region, state, ask, asked_at as "askedAt", asked_by as "askedBy",
  asked_said_by as "askedSaidBy", agreed_at as "agreedAt", agreed_by as "agreedBy",
  agreed_said_by as "agreedSaidBy", decided_at as "decidedAt", decided_by as "decidedBy"`;

/** The request, locked until the end of the transaction; null = there is none. */
export async function holdDutyChange(client: Client, changeId: string): Promise<DutyChange | null> {
  const { rows } = await client.query<DutyChange>(
    `select ${columns} from duty_change where change_id = $1 for update`,
    [changeId],
  );
  return rows[0] ?? null;
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

/** Appends one fact of a request in the caller's transaction and shows it in `duty_change` at once. */
export function appendDutyChange<T extends ShiftFactType>(
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
  change: RegisterChange,
): Promise<Refusal | null> {
  const stream = `shift-change/${draft.region}/${changeId}`;
  return appendShownFact(
    client,
    { ...draft, stream },
    { projection: dutyChangeProjection, change },
  );
}
