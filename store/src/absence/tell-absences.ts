import { absenceLimits, type Region, type TerminalAbsence } from '@sightline/contracts';
import { isoText } from '#engine/iso-text.ts';
import type { Client } from '#engine/store.ts';
import { tellList, type HeldList } from '#terminals/hold-desired.ts';

/** Tells terminals that are held of the absences of their villages' people: the newest, not long over. */
export async function tellAbsences(
  client: Client,
  held: readonly HeldList<'absences'>[],
  now: Temporal.Instant,
): Promise<void> {
  const { perTerminal, endedDays } = absenceLimits;
  const { rows } = await client.query<{ region: Region; told: TerminalAbsence }>(
    `select a.region, jsonb_build_object('absenceId', a.absence_id, 'personId', a.person_id,
              'from', a.first_day, 'to', a.last_day, 'state', a.state,
              'at', ${isoText('a.said_at')}) as told
     from (
       select x.*, row_number() over (partition by x.region order by x.position desc) as nth
       from absence x
       join person p on p.person_id = x.person_id and p.region = x.region and p.slot is not null
       where x.region = any ($1) and x.last_day >= $2
     ) a
     where a.nth <= $3
     order by a.region, a.position desc`,
    [
      [...new Set(held.map(({ region }) => region))],
      now
        .subtract({ hours: 24 * endedDays })
        .toString()
        .slice(0, 10),
      perTerminal,
    ],
  );
  const byRegion = Map.groupBy(rows, ({ region }) => region);
  for (const terminal of held) {
    const told = (byRegion.get(terminal.region) ?? []).map((row) => row.told);
    await tellList(client, terminal, told);
  }
}
