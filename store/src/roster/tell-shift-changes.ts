import { shiftChangeLimits, type Region, type TerminalShiftChange } from '@sightline/contracts';
import { isoText } from '#engine/iso-text.ts';
import type { Client } from '#engine/store.ts';
import { tellList, type HeldList } from '#terminals/hold-desired.ts';

/**
 * Tells terminals that are held of the shift changes of their villages: the newest that wait, and those that
 * ended in the last days. One is left out where not both of its people stand on the village's list.
 */
export async function tellShiftChanges(
  client: Client,
  held: readonly HeldList<'shiftChanges'>[],
  now: Temporal.Instant,
): Promise<void> {
  const { perTerminal, endedDays } = shiftChangeLimits;
  const { rows } = await client.query<{ region: Region; told: TerminalShiftChange }>(
    `select c.region, jsonb_build_object('ask', c.ask, 'askedAt', ${isoText('c.asked_at')},
              'state', c.state, 'answers', coalesce(w.answers, '[]')) as told
     from (
       select *, row_number() over (partition by region order by position desc) as nth
       from duty_change d
       where region = any ($1) and (decided_at is null or decided_at > $2)
         and (select count(*) from person p where p.region = d.region and p.slot is not null
              and p.person_id in ((d.ask ->> 'personId')::uuid, (d.ask ->> 'otherId')::uuid)) = 2
     ) c
     left join lateral (
       select jsonb_agg(jsonb_build_object('personId', w.person_id, 'answer', w.answer,
                'at', ${isoText('w.said_at')}) order by w.position) as answers
       from duty_change_word w where w.change_id = c.change_id and not w.is_late
     ) w on true
     where c.nth <= $3
     order by c.region, c.position desc`,
    [
      [...new Set(held.map(({ region }) => region))],
      now.subtract({ hours: 24 * endedDays }).toString(),
      perTerminal,
    ],
  );
  const byRegion = Map.groupBy(rows, ({ region }) => region);
  for (const terminal of held) {
    const told = (byRegion.get(terminal.region) ?? []).map((row) => row.told);
    await tellList(client, terminal, told);
  }
}
