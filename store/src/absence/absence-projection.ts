import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { Projection } from '#log/projector.ts';

/**
 * 外出 → `absence`. Commands at the centre apply it to their own fact at once; the projector's later look at the
 * same fact changes nothing. The first fact of an id counts, what was refused or withdrawn stays so, and a drill
 * sends nobody away.
 */
export const absenceProjection: Projection = {
  name: 'absence',
  version: 1,
  async reset(client) {
    await client.query('truncate absence');
  },
  async apply(client, entries) {
    for (const entry of entries) {
      if (entry.fact.world !== 'actual') continue;
      // One after the other: what a fact does depends on the one before; there are few.
      for (const each of entriesOf('absence.asked', [entry])) await begin(client, each);
      for (const each of entriesOf('absence.entered', [entry])) await begin(client, each);
      for (const each of entriesOf('absence.decided', [entry])) await decide(client, each);
    }
  },
};

/** Of somebody of that very village; days that are none, or the wrong way round, are nobody's absence. */
async function begin(
  client: Client,
  { fact, data, position }: Entry<'absence.asked'> | Entry<'absence.entered'>,
): Promise<void> {
  const isOfCentre = fact.source === centreSource;
  const terminalId = 'terminalId' in data ? data.terminalId : null;
  // A terminal asks, the centre writes down.
  if (isOfCentre !== (terminalId === null)) return;
  if (!isDay(data.from) || !isDay(data.to) || data.from > data.to) return;
  await client.query(
    `insert into absence (absence_id, position, changed_position, region, person_id, first_day, last_day,
       state, said_at, said_by, terminal_id, decided_at, decided_by)
     select $1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
     where exists (select from person where person_id = $4 and region = $3)
     on conflict do nothing`,
    [
      data.absenceId,
      position,
      fact.region,
      data.personId,
      data.from,
      data.to,
      isOfCentre ? 'approved' : 'asked',
      fact.at,
      fact.actor,
      terminalId,
      isOfCentre ? fact.at : null,
      isOfCentre ? fact.actor : null,
    ],
  );
}

async function decide(client: Client, entry: Entry<'absence.decided'>): Promise<void> {
  const { fact, data, position } = entry;
  const column = data.decision === 'withdrawn' ? 'withdrawn' : 'decided';
  await client.query(
    `update absence set state = $3, ${column}_at = $4, ${column}_by = $5, changed_position = $2
     where absence_id = $1 and changed_position < $2 and region = $6
       and (state = 'asked' or state = 'approved' and $3 = 'withdrawn')`,
    [data.absenceId, position, data.decision, fact.at, fact.actor, fact.region],
  );
}

/** A terminal can say any ten characters; the calendar decides. */
function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
