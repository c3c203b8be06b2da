import {
  noticeLimits,
  noticeStream,
  refuse,
  type FactData,
  type PostNoticeRequest,
  type Refusal,
  type Region,
  type TerminalNotice,
} from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';

/** What was decided: which villages get it. */
export interface DecidedNotice extends PostNoticeRequest {
  readonly accountId: string;
  readonly by: TerminalNotice['by'];
  readonly villages: readonly Region[];
}

/**
 * 发布通知 in the caller's transaction: rows, what should be at the villages' terminals, one notification
 * each, and the fact; as many statements for one village as for the prefecture. Refuses `id-taken`; the
 * caller then rolls back.
 */
export async function postNotice(
  client: Client,
  notice: DecidedNotice,
  change: RegisterChange,
): Promise<Refusal | null> {
  const postedAt = change.now.round('millisecond');
  const { noticeId, region, level, title, text, mustReadBy, villages } = notice;
  const { rowCount } = await client.query(
    `insert into notice (notice_id, region, level, title, text, posted_at, must_read_by, account_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [noticeId, region, level, title, text, postedAt.toString(), mustReadBy, notice.accountId],
  );
  if (rowCount === 0) return refuse('id-taken', 'This id was used for another notice.');
  await client.query(
    'insert into notice_village (notice_id, region) select $1, unnest($2::text[])',
    [noticeId, villages],
  );
  const told: TerminalNotice = {
    noticeId,
    level,
    title,
    text,
    by: notice.by,
    postedAt: factInstant(postedAt),
    ...(mustReadBy === null ? {} : { mustReadBy }),
  };
  await tellTerminals(client, villages, told);
  const data = { noticeId, level, villages: villages.length };
  return appendNoticeFact(client, { region, type: 'notice.posted', data }, change);
}

/**
 * The new notice stands first and always; of those before it the newest that fit into the ceiling stay.
 * The others leave the document, not the tables.
 */
async function tellTerminals(
  client: Client,
  regions: readonly Region[],
  notice: TerminalNotice,
): Promise<void> {
  const { perTerminal, bytesPerTerminal } = noticeLimits;
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
         document = jsonb_set(document, '{notices}', (
           select jsonb_agg(s.each order by s.nth) from (
             select n.each, n.nth, sum(octet_length(n.each::text)) over (order by n.nth) as bytes
             from jsonb_array_elements(
               jsonb_build_array($2::jsonb) || coalesce(document -> 'notices', '[]')
             ) with ordinality as n (each, nth)
           ) s where s.nth = 1 or (s.nth <= ${perTerminal} and s.bytes <= ${bytesPerTerminal})))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [regions, JSON.stringify(notice)],
  );
}

/** 撤回. It leaves the terminals; who had read it by then stays known. */
export async function withdrawNotice(
  client: Client,
  { noticeId, region }: { readonly noticeId: string; readonly region: Region },
  change: RegisterChange,
): Promise<Refusal | null> {
  await client.query('update notice set withdrawn_at = $2 where notice_id = $1', [
    noticeId,
    change.now.round('millisecond').toString(),
  ]);
  await client.query(
    `with held as (
       select d.terminal_id from desired d join terminal t using (terminal_id)
         join notice_village v on v.region = t.region
       where v.notice_id = $1::text::uuid
         and d.document -> 'notices' @> jsonb_build_array(jsonb_build_object('noticeId', $1::text))
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{notices}', coalesce((
           select jsonb_agg(n.each order by n.nth)
           from jsonb_array_elements(document -> 'notices') with ordinality as n (each, nth)
           where n.each ->> 'noticeId' <> $1::text), '[]'))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [noticeId],
  );
  return appendNoticeFact(client, { region, type: 'notice.withdrawn', data: { noticeId } }, change);
}

async function appendNoticeFact<T extends 'notice.posted' | 'notice.withdrawn'>(
  client: Client,
  draft: { readonly region: Region; readonly type: T; readonly data: FactData<T> },
  { now, actor, cause }: RegisterChange,
): Promise<Refusal | null> {
  const { region, type, data } = draft;
  const appended = await appendCentreFacts(client, [
    {
      at: factInstant(now.round('millisecond')),
      region,
      stream: noticeStream(region, data.noticeId),
      type,
      world: 'actual',
      actor,
      ...(cause === undefined ? {} : { cause }),
      data,
    },
  ]);
  return 'refused' in appended ? appended : null;
}
