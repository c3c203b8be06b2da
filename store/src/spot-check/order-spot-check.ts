import {
  refuse,
  spotCheckLimits,
  type LeftOutVillage,
  type OrderSpotCheckRequest,
  type Refusal,
  type Region,
  type TerminalCheck,
} from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import { appendCheckFact } from './append-check-fact.ts';

/** What was decided: which villages ring, and which do not. */
export interface DecidedSpotCheck extends OrderSpotCheckRequest {
  readonly accountId: string;
  readonly by: TerminalCheck['by'];
  readonly rings: readonly Region[];
  readonly leftOut: readonly LeftOutVillage[];
}

/**
 * Orders a check in the caller's transaction: rows, what should be at the villages' terminals, one
 * notice each, and the fact; as many statements for one village as for the prefecture. Refuses
 * `id-taken`; the caller then rolls back.
 */
export async function orderSpotCheck(
  client: Client,
  check: DecidedSpotCheck,
  change: RegisterChange,
): Promise<Refusal | null> {
  const orderedAt = change.now.round('millisecond');
  const until = orderedAt.add({ seconds: check.seconds });
  const { checkId, region, reason, note, seconds, rings } = check;
  const { rowCount } = await client.query(
    `insert into spot_check (check_id, region, reason, note, seconds, ordered_at, until, account_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      checkId,
      region,
      reason,
      note,
      seconds,
      orderedAt.toString(),
      until.toString(),
      check.accountId,
    ],
  );
  if (rowCount === 0) return refuse('id-taken', 'This id was used for another spot check.');
  await insertVillages(client, check, [orderedAt.toString(), until.toString()]);
  const told: TerminalCheck = {
    checkId,
    reason,
    note,
    by: check.by,
    orderedAt: factInstant(orderedAt),
    until: factInstant(until),
  };
  await tellTerminals(client, rings, told);
  const data = { checkId, reason, seconds, villages: rings.length };
  return appendCheckFact(client, { region, type: 'spot-check.ordered', data }, change);
}

async function insertVillages(
  client: Client,
  { checkId, rings, leftOut }: DecidedSpotCheck,
  window: readonly [orderedAt: string, until: string],
): Promise<void> {
  await client.query(
    `insert into spot_check_village (check_id, region, ordered_at, until, left_out)
     select $1, e.region, $2, $3, e.why from unnest($4::text[], $5::text[]) as e (region, why)`,
    [
      checkId,
      ...window,
      [...rings, ...leftOut.map(({ region }) => region)],
      [...rings.map(() => null), ...leftOut.map(({ why }) => why)],
    ],
  );
}

/** The new check stands first; the oldest beyond the ceiling fall off the document, not off the tables. */
async function tellTerminals(
  client: Client,
  regions: readonly Region[],
  check: TerminalCheck,
): Promise<void> {
  const kept = spotCheckLimits.perTerminal - 2; // Index of the last one that stays of those before.
  await client.query(
    // Held in order, as everybody holds several: whoever changes them too comes before us or after.
    `with held as (
       select d.terminal_id from desired d join terminal t using (terminal_id)
       where t.region = any ($1)
         and exists (select from terminal_source s
                     where s.terminal_id = t.terminal_id and s.revoked_at is null)
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{checks}', jsonb_build_array($2::jsonb) ||
           jsonb_path_query_array(coalesce(document -> 'checks', '[]'), '$[0 to ${kept}]'))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [regions, JSON.stringify(check)],
  );
}

/** 撤回. Nothing rings any more; what was answered stays. */
export async function withdrawSpotCheck(
  client: Client,
  { checkId, region }: { readonly checkId: string; readonly region: Region },
  change: RegisterChange,
): Promise<Refusal | null> {
  await client.query('update spot_check set withdrawn_at = $2 where check_id = $1', [
    checkId,
    change.now.round('millisecond').toString(),
  ]);
  await client.query(
    `with held as (
       select d.terminal_id from desired d join terminal t using (terminal_id)
         join spot_check_village v on v.region = t.region
       where v.check_id = $1::text::uuid and v.left_out is null
         and d.document -> 'checks' @> jsonb_build_array(jsonb_build_object('checkId', $1::text))
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{checks}', (
           select jsonb_agg(case when c.each ->> 'checkId' = $1::text
             then c.each || '{"withdrawn": true}' else c.each end order by c.nth)
           from jsonb_array_elements(document -> 'checks') with ordinality as c (each, nth)))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [checkId],
  );
  return appendCheckFact(
    client,
    { region, type: 'spot-check.withdrawn', data: { checkId } },
    change,
  );
}

/** 回电. Whether somebody of the village was spoken to. */
export function noteCallBack(
  client: Client,
  call: {
    readonly checkId: string;
    readonly checkRegion: Region;
    readonly region: Region;
    readonly reached: boolean;
  },
  change: RegisterChange,
): Promise<Refusal | null> {
  const { checkId, checkRegion, region, reached } = call;
  const data = { checkId, region, reached };
  return appendCheckFact(
    client,
    { region: checkRegion, type: 'spot-check.called-back', data },
    change,
  );
}
