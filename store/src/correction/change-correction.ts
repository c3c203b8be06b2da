import {
  type CorrectedDuty,
  type CorrectedVerdict,
  type CorrectionState,
  type DutyVerdict,
  type FactData,
  type ProposedVerdict,
  type Refusal,
  type Region,
} from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';
import { appendShownFact } from '#log/append-shown-fact.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { holdDesired } from '#terminals/hold-desired.ts';
import { correctionProjection, startOf } from './correction-projection.ts';
import { tellAppeals } from './tell-appeals.ts';

/** One duty of one village. */
export interface PlacedDuty {
  readonly region: Region;
  readonly duty: CorrectedDuty;
}

/** What a decision rests on, held until the end of the transaction. */
export interface HeldCorrections {
  /** Null = the ledger knows no such duty. */
  readonly finding: {
    readonly personId: string;
    readonly verdict: DutyVerdict;
    readonly corrected: CorrectedVerdict | null;
  } | null;
  readonly cases: readonly HeldCase[];
  /** Up to where the log is in `cases`. */
  readonly seenPosition: number;
}

export interface HeldCase {
  readonly correctionId: string;
  readonly personId: string;
  readonly state: CorrectionState;
  readonly appealedBy: string | null;
  readonly proposedBy: string | null;
  readonly proposed: ProposedVerdict | null;
}

/** The stream of everything said about one duty: terminals and centre write into the same. */
export function correctionStream({ region, duty: { post, day, span } }: PlacedDuty): string {
  return `correction/${region}/${post}.${day}.${span === 'night' ? 'night' : 'day'}`;
}

/** The cases of a duty and what the ledger says of it, one decider at a time. */
export async function holdCorrections(
  client: Client,
  placed: PlacedDuty,
): Promise<HeldCorrections> {
  const key = [placed.region, placed.duty.post, startOf(placed.duty)];
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [correctionStream(placed)]);
  const { rows } = await client.query<HeldCase & { changed: number }>(
    `select correction_id as "correctionId", person_id as "personId", state, appealed_by as "appealedBy",
            proposed_by as "proposedBy", verdict as proposed, changed_position as changed
     from duty_correction where region = $1 and post = $2 and starts_at = $3 order by position`,
    key,
  );
  const found = await client.query<NonNullable<HeldCorrections['finding']>>(
    `select l.person_id as "personId", l.verdict, ${approvedVerdict} as corrected
     from duty_ledger l where region = $1 and post = $2 and starts_at = $3`,
    key,
  );
  const cursor = await client.query<{ position: number }>(
    `select coalesce(max(position), 0) as position from projection_cursor where name = $1`,
    [correctionProjection.name],
  );
  const seen = rows.map(({ changed }) => Number(changed));
  return {
    finding: found.rows[0] ?? null,
    cases: rows.map(({ changed: _changed, ...held }) => held),
    seenPosition: Math.max(Number(cursor.rows[0]?.position ?? 0), ...seen),
  };
}

/** What the newest approved case of a duty says, of a row `l` of the ledger. */
export const approvedVerdict = `(select c.verdict from duty_correction c
  where c.region = l.region and c.post = l.post and c.starts_at = l.starts_at
    and c.state = 'approved' and c.verdict <> 'stands'
  order by c.changed_position desc limit 1)`;

/** The duty of a case; null where there is none. */
export async function findCorrection(
  db: Queryable,
  correctionId: string,
): Promise<PlacedDuty | null> {
  const { rows } = await db.query<{ region: Region } & CorrectedDuty>(
    'select region, post, day, span from duty_correction where correction_id = $1',
    [correctionId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { region, ...duty } = row;
  return { region, duty };
}

type CorrectionFactType = 'duty.appealed' | 'correction.asked' | 'correction.decided';

/**
 * Appends one fact of a duty's cases in the caller's transaction, shows it in `duty_correction` at once and
 * tells the village's terminals. Refuses `conflict` where a terminal said something of this duty that is not projected yet.
 */
export async function appendCorrection<T extends CorrectionFactType>(
  client: Client,
  { region, duty, ...draft }: PlacedDuty & { readonly type: T; readonly data: FactData<T> },
  change: RegisterChange & { readonly seenPosition: number },
): Promise<Refusal | null> {
  const stream = correctionStream({ region, duty });
  const held = await holdDesired(client, [region], 'appeals');
  const refusal = await appendShownFact(
    client,
    { region, ...draft, stream },
    {
      projection: correctionProjection,
      change: { ...change, expectedPosition: { stream, position: change.seenPosition } },
    },
  );
  if (refusal === null) await tellAppeals(client, held, change.now);
  return refusal;
}

/** Own words of an appeal noted at the console; a kiosk's come sealed. False = the id is known. */
export async function keepAppealText(
  client: Client,
  { correctionId, text }: { readonly correctionId: string; readonly text: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into duty_correction_text (correction_id, text) values ($1, $2) on conflict do nothing`,
    [correctionId, text],
  );
  return rowCount === 1;
}
