import {
  complaintLimits,
  type Reading,
  type Region,
  type TerminalComplaints,
} from '@sightline/contracts';
import { readingsOfVillage } from '#access/readings.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Queryable, Store } from '#engine/store.ts';
import { updateDesired } from '#terminals/desired.ts';
import { currentComplaintKey } from './complaint-key.ts';
import { standingsAtTerminal } from './read-complaints.ts';
import { standingOf } from './standing.ts';

/** What a refresh needs to know. */
export interface NoticeRefresh {
  readonly now: Temporal.Instant;
  readonly answerDays: number;
  /** New readings alone change a terminal's document at most this often. */
  readonly readingMinutes: number;
}

const terminalsPerCall = 50;

/**
 * Tells terminals of their complaints and of who read about their people, through what should be
 * there: those with something new, and those that were never told. A simulated terminal has no page
 * and is told nothing. Returns how many it told; as many as one call takes = there is probably more.
 */
export async function refreshNotices(store: Store, refresh: NoticeRefresh): Promise<number> {
  const waiting = await findWaiting(store.pool, refresh);
  for (const terminal of waiting) {
    await inTransaction(store, (client) => refreshOne(client, terminal, refresh));
  }
  return waiting.length;
}

interface NoticedTerminal {
  readonly terminalId: string;
  readonly region: Region;
}

async function findWaiting(
  db: Queryable,
  { now, readingMinutes }: NoticeRefresh,
): Promise<NoticedTerminal[]> {
  const { rows } = await db.query<NoticedTerminal>(
    `select t.terminal_id as "terminalId", t.region
     from terminal t
     join terminal_source s on s.terminal_id = t.terminal_id and s.revoked_at is null
     left join terminal_notice n on n.terminal_id = t.terminal_id
     where not t.simulated and (
       n.terminal_id is null
       or exists (select from complaint c
                  where c.terminal_id = t.terminal_id and c.changed_position > n.complaint_position)
       or exists (select from complaint_key k join hand_over_item h
                    on h.terminal_id = k.terminal_id and h.sealed ->> 'keyId' = k.key_id::text
                  where k.terminal_id = t.terminal_id and k.ended_at is null)
       or exists (select from complaint_key k join duty_correction h
                    on h.terminal_id = k.terminal_id and h.sealed ->> 'keyId' = k.key_id::text
                  where k.terminal_id = t.terminal_id and k.ended_at is null)
       or (n.reading_at <= $1 and exists (
             select from reading r
             where r.seq > n.reading_seq and r.region = any (array[
               left(t.region, 4), left(t.region, 6), left(t.region, 9), t.region])))
     )
     order by t.terminal_id limit $2`,
    [now.subtract({ minutes: readingMinutes }).toString(), terminalsPerCall],
  );
  return rows;
}

async function refreshOne(
  client: Client,
  terminal: NoticedTerminal,
  refresh: NoticeRefresh,
): Promise<void> {
  const { terminalId, region } = terminal;
  // Whoever changes this terminal's document at the same time comes before us or after.
  await client.query('select from desired where terminal_id = $1 for update', [terminalId]);
  const marks = await readMarks(client, terminal);
  const complaints = await complaintsOf(client, terminalId, refresh);
  const readings = await readingsOfVillage(client, {
    region,
    each: complaintLimits.readingsShown,
    limit: complaintLimits.readingsPerTerminal,
  });
  const shown = readings.map(({ seq: _seq, ...reading }): Reading => reading);
  await updateDesired(client, terminalId, (desired) => ({
    ...desired,
    complaints,
    readings: shown,
  }));
  await client.query(
    `insert into terminal_notice (terminal_id, complaint_position, reading_seq, reading_at)
     values ($1, $2, $3, $4)
     on conflict (terminal_id) do update set complaint_position = excluded.complaint_position,
       reading_seq = excluded.reading_seq, reading_at = excluded.reading_at`,
    [terminalId, marks.position, marks.seq, refresh.now.toString()],
  );
}

/** Taken before what they mark is read: what comes between is told once more, never left out. */
async function readMarks(client: Client, { terminalId }: NoticedTerminal) {
  const { rows } = await client.query<{ position: number; seq: number }>(
    `select coalesce((select max(changed_position) from complaint where terminal_id = $1), 0) as position,
            coalesce((select max(seq) from audit), 0) as seq`,
    [terminalId],
  );
  return rows[0] ?? { position: 0, seq: 0 };
}

async function complaintsOf(
  client: Client,
  terminalId: string,
  { now, answerDays }: NoticeRefresh,
): Promise<TerminalComplaints> {
  const limit = complaintLimits.perTerminal;
  const rows = await standingsAtTerminal(client, { terminalId, limit });
  return {
    answerDays,
    key: await currentComplaintKey(client, { terminalId, now }),
    standings: rows.map((row) => standingOf(row, answerDays)),
  };
}
