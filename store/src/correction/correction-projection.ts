import { shiftFromKey, type CorrectedDuty } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { Projection } from '#log/projector.ts';

/**
 * 申诉与更正 → `duty_correction`. Commands at the centre apply it to their own fact at once; the projector's
 * later look at the same fact changes nothing. What ended stays as it ended, and a drill begins none.
 */
export const correctionProjection: Projection = {
  name: 'correction',
  version: 1,
  async reset(client) {
    await client.query('truncate duty_correction');
  },
  async apply(client, entries) {
    for (const entry of entries) {
      if (entry.fact.world !== 'actual') continue;
      // One after the other: what a fact does depends on the one before; there are few.
      for (const each of entriesOf('duty.appealed', [entry])) await appeal(client, each);
      for (const each of entriesOf('correction.asked', [entry])) await propose(client, each);
      for (const each of entriesOf('correction.decided', [entry])) await decide(client, each);
    }
  },
};

/** When the ledger's row of that duty begins. */
export function startOf({ day, span }: Pick<CorrectedDuty, 'day' | 'span'>): string {
  return shiftFromKey(`${day}/${span === 'night' ? 'night' : 'day'}`).from.toString();
}

/** The first fact of an id counts. While another case of the duty is open it is kept beside that one. */
async function appeal(client: Client, entry: Entry<'duty.appealed'>): Promise<void> {
  const { fact, data, position, receivedAt } = entry;
  const isOfCentre = fact.source === centreSource;
  // A terminal's appeal names the terminal.
  if ((!isOfCentre && data.terminalId === undefined) || fact.region.length !== 12) return;
  if (!isDay(data.day)) return;
  await client.query(
    `insert into duty_correction (correction_id, position, changed_position, region, post, day, span,
       starts_at, person_id, state, appealed_at, appeal_received_at, appealed_by, appeal_reason,
       terminal_id, sealed)
     select $1, $2, $2, $3, $4, $5, $6, $7, $8, case when exists (
         select from duty_correction o where o.region = $3 and o.post = $4 and o.starts_at = $7
           and o.state in ('appealed', 'proposed')) then 'joined' else 'appealed' end,
       $9, $10, $11, $12, $13, $14
     where not exists (select from duty_correction where correction_id = $1)`,
    [
      data.appealId,
      position,
      fact.region,
      data.post,
      data.day,
      data.span,
      startOf(data),
      data.personId,
      fact.at,
      isOfCentre ? fact.at : receivedAt,
      fact.actor,
      data.reason,
      isOfCentre ? null : data.terminalId,
      data.sealed === undefined ? null : JSON.stringify(data.sealed),
    ],
  );
}

/** Answers the appeal of its id; where there is none, it begins the case. */
async function propose(client: Client, entry: Entry<'correction.asked'>): Promise<void> {
  const { fact, data, position } = entry;
  await client.query(
    `insert into duty_correction as c (correction_id, position, changed_position, region, post, day,
       span, starts_at, person_id, state, proposed_at, proposed_by, proposal_reason, original, verdict)
     select $1, $2, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10, $11, $12, $13
     where not exists (
       select from duty_correction o where o.region = $3 and o.post = $4 and o.starts_at = $7
         and o.state in ('appealed', 'proposed') and o.correction_id <> $1)
     on conflict (correction_id) do update
     set state = 'proposed', proposed_at = excluded.proposed_at, proposed_by = excluded.proposed_by,
       proposal_reason = excluded.proposal_reason, original = excluded.original,
       verdict = excluded.verdict, changed_position = excluded.changed_position
     where c.state = 'appealed' and c.changed_position < excluded.changed_position`,
    [
      data.correctionId,
      position,
      fact.region,
      data.post,
      data.day,
      data.span,
      startOf(data),
      data.personId,
      fact.at,
      fact.actor,
      data.reason,
      data.original,
      data.verdict,
    ],
  );
}

async function decide(client: Client, entry: Entry<'correction.decided'>): Promise<void> {
  const { fact, data, position } = entry;
  await client.query(
    `update duty_correction
     set state = $3, decided_at = $4, decided_by = $5, changed_position = $2
     where correction_id = $1 and changed_position < $2 and state = 'proposed'
       and proposed_by <> $5 and appealed_by is distinct from $5`,
    [data.correctionId, position, data.decision, fact.at, fact.actor],
  );
}

/** A terminal can say any ten characters; the calendar decides. */
function isDay(text: string): boolean {
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
