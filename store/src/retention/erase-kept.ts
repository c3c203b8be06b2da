import type { filedKinds, KeptKind, Refusal } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';
import { appendMeetingFacts } from '#meeting/append-meeting-fact.ts';
import { tellUntitled } from '#meeting/tell-terminals.ts';
import type { RegisterChange } from '#register/add-people.ts';
import type { KeptThing } from './kept.ts';

export interface Erasure {
  readonly why: 'age' | 'hand';
  /** Whole days from the meeting's end. */
  readonly afterDays: number;
  /** By hand alone. */
  readonly reason: string | null;
  readonly accountId: string | null;
}

/**
 * 删除, in the caller's transaction, with the meeting locked and nothing of it held: words go at once, of files it
 * is written down that they are to go, and the media server is told until it says that they are gone. The log
 * tells of it.
 */
export async function eraseKept(
  client: Client,
  { meetingId, region, kind }: KeptThing,
  { erasure, change }: { readonly erasure: Erasure; readonly change: RegisterChange },
): Promise<Refusal | null> {
  const pieces = await erasers[kind](client, meetingId);
  const { why, afterDays, reason, accountId } = erasure;
  const at = change.now.round('millisecond').toString();
  await client.query(
    `insert into meeting_erasure (meeting_id, kind, why, after_days, reason, account_id, decided_at,
       done_at, pieces)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [meetingId, kind, why, afterDays, reason, accountId, at, pieces === null ? null : at, pieces],
  );
  const data = { meetingId, kind, why, afterDays };
  return appendMeetingFacts(client, [{ region, type: 'meeting.erased', data }], change);
}

/** How many there were; null = they lie elsewhere. */
const erasers: Readonly<
  Record<KeptKind, (client: Client, meetingId: string) => Promise<number | null>>
> = {
  recordings: async () => null,
  decks: async () => null,
  lines: async (client, meetingId) =>
    (await client.query('delete from meeting_line where meeting_id = $1', [meetingId])).rowCount,
  title: async (client, meetingId) => {
    await tellUntitled(client, meetingId);
    const { rowCount } = await client.query(
      `update meeting set title = '', control = jsonb_set(control, '{title}', '""')
       where meeting_id = $1`,
      [meetingId],
    );
    return rowCount;
  },
};

export interface WaitingErasure {
  readonly meetingId: string;
  readonly region: string;
  readonly kind: (typeof filedKinds)[number];
}

/** Files that are to go and of which nobody has said yet that they are gone, longest first. */
export async function listWaitingErasures(
  db: Queryable,
  { limit }: { readonly limit: number },
): Promise<readonly WaitingErasure[]> {
  const { rows } = await db.query<WaitingErasure>(
    `select e.meeting_id as "meetingId", m.region, e.kind
     from meeting_erasure e join meeting m using (meeting_id)
     where e.done_at is null order by e.decided_at, e.meeting_id, e.kind limit $1`,
    [limit],
  );
  return rows;
}

/** The files are gone; false = that was known already. */
export async function finishErasure(
  client: Client,
  { meetingId, kind }: WaitingErasure,
  { files, now }: { readonly files: number; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update meeting_erasure set done_at = greatest($3::timestamptz, decided_at), pieces = $4
     where meeting_id = $1 and kind = $2 and done_at is null`,
    [meetingId, kind, now.round('millisecond').toString(), files],
  );
  return rowCount === 1;
}

/** Own words in orders of spot checks that ended before then; how many. */
export async function eraseCheckNotes(
  db: Queryable,
  {
    endedBefore,
    now,
    limit,
  }: {
    readonly endedBefore: Temporal.Instant;
    readonly now: Temporal.Instant;
    readonly limit: number;
  },
): Promise<number> {
  const { rowCount } = await db.query(
    `update spot_check set note = '', note_erased_at = $2
     where check_id in (select check_id from spot_check where note <> '' and until < $1
                        order by until limit $3 for update skip locked)`,
    [endedBefore.toString(), now.round('millisecond').toString(), limit],
  );
  return rowCount ?? 0;
}
