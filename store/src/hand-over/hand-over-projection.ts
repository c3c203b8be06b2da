import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import type { Projection } from '#log/projector.ts';

/**
 * 交接班 → `hand_over_item`. The same states as at the terminal (`edge-agent`, fold-hand-over.ts): left,
 * accepted by each shift, done. A fact that was said twice changes nothing, nor does one of another
 * terminal or of a drill.
 */
export const handOverProjection: Projection = {
  name: 'hand-over',
  version: 1,
  async reset(client) {
    await client.query('truncate hand_over_item');
  },
  async apply(client, entries) {
    const actual = entries.filter(
      ({ fact }) => fact.world === 'actual' && fact.type.startsWith('hand-over.'),
    );
    for (const entry of actual) {
      // One after the other: what a fact does depends on the one before; there are few.
      for (const each of entriesOf('hand-over.left', [entry])) await leave(client, each);
      for (const each of entriesOf('hand-over.accepted', [entry])) await accept(client, each);
      for (const each of entriesOf('hand-over.done', [entry])) await finish(client, each);
    }
  },
};

/** The first fact of an id counts: a terminal that lost its power says it again. */
async function leave(
  client: Client,
  { fact, data, position }: Entry<'hand-over.left'>,
): Promise<void> {
  await client.query(
    `insert into hand_over_item (item_id, position, changed_position, region, terminal_id, shift,
       left_by, left_at, sentences, voice_seconds, sealed, state)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'left') on conflict do nothing`,
    [
      data.itemId,
      position,
      fact.region,
      data.terminalId,
      data.shift,
      data.personId,
      fact.at,
      data.sentences,
      data.voice?.seconds ?? null,
      data.sealed === undefined ? null : JSON.stringify(data.sealed),
    ],
  );
}

/** A shift accepts once; a later shift again. */
async function accept(client: Client, { fact, data, position }: Entry<'hand-over.accepted'>) {
  await client.query(
    `update hand_over_item set state = 'accepted', changed_position = $2, accepted_shift = $3,
       accepted_by = $4, accepted_at = $5
     where item_id = $1 and changed_position < $2 and state <> 'done'
       and region = $6 and terminal_id = $7
       and (accepted_shift is null or accepted_shift < $3)`,
    [data.itemId, position, data.shift, data.personId, fact.at, fact.region, data.terminalId],
  );
}

async function finish(client: Client, { fact, data, position }: Entry<'hand-over.done'>) {
  await client.query(
    `update hand_over_item set state = 'done', changed_position = $2, done_by = $3, done_at = $4
     where item_id = $1 and changed_position < $2 and state = 'accepted'
       and region = $5 and terminal_id = $6`,
    [data.itemId, position, data.personId, fact.at, fact.region, data.terminalId],
  );
}
