import { meetingLimits, type RollCall, type TerminalMeeting } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

/** The key of a village's own seat. */
export interface VillageKey {
  readonly region: string;
  readonly seatToken: string;
}

/**
 * The meeting stands first at each village's terminal, with the key of its own seat. Beyond the ceiling
 * those that are over leave the document first, then the oldest.
 */
export async function tellMeeting(
  client: Client,
  meeting: Omit<TerminalMeeting, 'seatToken'>,
  keys: readonly VillageKey[],
): Promise<void> {
  await client.query(
    // Held in order, as everybody holds several: whoever changes them too comes before us or after.
    `with held as (
       select d.terminal_id, e.token
       from unnest($1::text[], $2::text[]) as e (region, token)
         join terminal t on t.region = e.region join desired d using (terminal_id)
       where exists (select from terminal_source s
                     where s.terminal_id = t.terminal_id and s.revoked_at is null)
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{meetings}',
           jsonb_build_array($3::jsonb || jsonb_build_object('seatToken', held.token)) ||
           coalesce((
             select jsonb_agg(n.each order by n.nth) from (
               select m.each, m.nth, row_number() over (
                 order by (m.each ->> 'isOver')::boolean, m.nth) as rank
               from jsonb_array_elements(coalesce(document -> 'meetings', '[]'))
                 with ordinality as m (each, nth)
               where m.each ->> 'meetingId' <> $4
             ) n where n.rank < ${meetingLimits.perTerminal}), '[]'))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [
      keys.map(({ region }) => region),
      keys.map(({ seatToken }) => seatToken),
      JSON.stringify(meeting),
      meeting.meetingId,
    ],
  );
}

/** The roll call at each invited terminal: it learns whether it is asked itself, not who else. */
export function tellRollCall(
  client: Client,
  meetingId: string,
  { asked, ...rollCall }: RollCall,
): Promise<void> {
  const whole = { ...rollCall, asked: null };
  return change(client, {
    meetingId,
    patch: `jsonb_build_object('rollCall', $2::jsonb || case
      when $3::text[] is null then '{}'::jsonb
      when held.seat_id = any ($3) then
        jsonb_build_object('asked', jsonb_build_array(held.seat_id))
      else '{"asked": []}'::jsonb end)`,
    values: [JSON.stringify(whole), asked],
  });
}

/** Over, for everybody or for one seat that was removed; the terminal may still say how it stood. */
export function tellOver(client: Client, meetingId: string, seatId: string | null): Promise<void> {
  return change(client, {
    meetingId,
    patch: `case when $2::text is null or held.seat_id = $2 then '{"isOver": true}'::jsonb
      else '{}'::jsonb end`,
    values: [seatId],
  });
}

/** Its title was erased: at terminals that still have it too. */
export function tellUntitled(client: Client, meetingId: string): Promise<void> {
  return change(client, { meetingId, patch: `'{"title": ""}'::jsonb`, values: [] });
}

interface TerminalChange {
  readonly meetingId: string;
  /** SQL: jsonb laid over what stands there; may name `held.seat_id` and parameters from $2. */
  readonly patch: string;
  readonly values: readonly unknown[];
}

async function change(client: Client, { meetingId, patch, values }: TerminalChange): Promise<void> {
  await client.query(
    `with held as (
       select d.terminal_id, v.seat_id from meeting_seat v
         join terminal t on t.region = v.region join desired d using (terminal_id)
       where v.meeting_id = $1::text::uuid and v.seat_id like 'venue-%' and length(v.region) = 12
         and d.document -> 'meetings' @> jsonb_build_array(jsonb_build_object('meetingId', $1::text))
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{meetings}', (
           select jsonb_agg(case when m.each ->> 'meetingId' = $1::text
             then m.each || ${patch} else m.each end order by m.nth)
           from jsonb_array_elements(document -> 'meetings') with ordinality as m (each, nth)))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [meetingId, ...values],
  );
}
