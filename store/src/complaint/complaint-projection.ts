import { receiptOfComplaint } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';

/**
 * 意见与投诉 → `complaint`. Commands at the centre apply it to their own fact at once, so that their
 * page sees it; the projector's later look at the same fact changes nothing. A drill raises none.
 */
export const complaintProjection: Projection = {
  name: 'complaint',
  version: 1,
  async reset(client) {
    await client.query('truncate complaint');
  },
  async apply(client, entries) {
    const actual = entries.filter(
      ({ fact }) => fact.world === 'actual' && fact.type.startsWith('complaint.'),
    );
    for (const entry of actual) {
      // One after the other: what a fact does depends on the one before; there are few.
      for (const raised of entriesOf('complaint.raised', [entry])) await raise(client, raised);
      for (const each of entriesOf('complaint.taken-up', [entry])) await takeUp(client, each);
      for (const each of entriesOf('complaint.answered', [entry])) await answer(client, each);
      for (const each of entriesOf('complaint.reopened', [entry])) await reopen(client, each);
    }
  },
};

/** The first fact of an id counts: a terminal that fell between keeping and noting it says it twice. */
async function raise(client: Client, entry: Entry<'complaint.raised'>): Promise<void> {
  const { fact, data, position } = entry;
  const terminalId = isOfCentre(fact) ? null : data.terminalId;
  if (terminalId === undefined) return; // A terminal's complaint names the terminal.
  await client.query(
    `insert into complaint (complaint_id, position, changed_position, region, kind, sentences,
       origin, terminal_id, receipt, raised_at, state, due_from, sealed)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, 'received', $10, $11) on conflict do nothing`,
    [
      data.complaintId,
      position,
      fact.region,
      data.kind,
      data.sentences,
      terminalId === null ? data.origin : 'kiosk',
      terminalId,
      receiptOfComplaint(data.complaintId),
      fact.at,
      reachedAt(entry),
      data.sealed === undefined ? null : JSON.stringify(data.sealed),
    ],
  );
}

async function takeUp(client: Client, { fact, data, position }: Entry<'complaint.taken-up'>) {
  await client.query(
    `update complaint set state = 'taken-up', taken_up_at = $3, taken_up_by = $4,
       changed_position = $2
     where complaint_id = $1 and changed_position < $2 and state in ('received', 'reopened')`,
    [data.complaintId, position, fact.at, fact.actor],
  );
}

async function answer(client: Client, { fact, data, position }: Entry<'complaint.answered'>) {
  await client.query(
    `update complaint set state = 'answered', answered_at = $3, changed_position = $2
     where complaint_id = $1 and changed_position < $2 and state <> 'answered'`,
    [data.complaintId, position, fact.at],
  );
}

/** Once, and from a terminal only what was raised there. */
async function reopen(client: Client, entry: Entry<'complaint.reopened'>): Promise<void> {
  const { fact, data, position } = entry;
  await client.query(
    `update complaint set state = 'reopened', reopened_at = $3, due_from = $4, changed_position = $2,
       taken_up_at = null, taken_up_by = null, answered_at = null
     where complaint_id = $1 and changed_position < $2 and state = 'answered'
       and reopened_at is null and region = $5 and ($6 or terminal_id = $7)`,
    [
      data.complaintId,
      position,
      fact.at,
      reachedAt(entry),
      fact.region,
      isOfCentre(fact),
      data.terminalId ?? null,
    ],
  );
}

function isOfCentre(fact: StoredFact['fact']): boolean {
  return fact.source === centreSource;
}

/** The answer clock of a village that was cut off for weeks starts when its word arrives. */
function reachedAt({ fact, receivedAt }: Pick<StoredFact, 'fact' | 'receivedAt'>): string {
  return isOfCentre(fact) ? fact.at : receivedAt;
}
