import { correctionLimits, type Region, type TerminalAppeal } from '@sightline/contracts';
import { isoText } from '#engine/iso-text.ts';
import type { Client } from '#engine/store.ts';
import { tellList, type HeldList } from '#terminals/hold-desired.ts';

/** Tells terminals that are held what became of the appeals of their villages' people, the newest first. */
export async function tellAppeals(
  client: Client,
  held: readonly HeldList<'appeals'>[],
  now: Temporal.Instant,
): Promise<void> {
  const { appealsPerTerminal, appealDays } = correctionLimits;
  const { rows } = await client.query<{ region: Region; told: TerminalAppeal }>(
    `select c.region, jsonb_build_object('appealId', c.correction_id, 'personId', c.person_id,
              'duty', jsonb_build_object('post', c.post, 'day', c.day, 'span', c.span),
              'reason', c.appeal_reason, 'at', ${isoText('c.appealed_at')}, 'state', c.state)
            || case when c.decided_at is null then '{}'
               else jsonb_build_object('outcome', jsonb_build_object('verdict', c.verdict,
                 'why', c.proposal_reason, 'decidedAt', ${isoText('c.decided_at')})) end as told
     from (
       select x.*, row_number() over (partition by x.region order by x.position desc) as nth
       from duty_correction x
       join person p on p.person_id = x.person_id and p.region = x.region and p.slot is not null
       where x.region = any ($1) and x.appealed_at is not null
         and (x.state in ('appealed', 'proposed') or x.appealed_at > $2)
     ) c
     where c.nth <= $3
     order by c.region, c.position desc`,
    [
      [...new Set(held.map(({ region }) => region))],
      now.subtract({ hours: 24 * appealDays }).toString(),
      appealsPerTerminal,
    ],
  );
  const byRegion = Map.groupBy(rows, ({ region }) => region);
  for (const terminal of held) {
    const told = (byRegion.get(terminal.region) ?? []).map((row) => row.told);
    await tellList(client, terminal, told);
  }
}
