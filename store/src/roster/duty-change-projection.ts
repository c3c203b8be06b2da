import { entriesOf } from '#live/read-entry.ts';
import type { Client } from '#engine/store.ts';
import type { Projection } from '#log/projector.ts';
import type { StoredFact } from '#log/log-entry.ts';

/**
 * 换班, 请假, 顶班 → `duty_change`. Commands at the centre apply it to their own fact at once; the projector's
 * later look at the same fact changes nothing. What ended stays as it ended.
 */
export const dutyChangeProjection: Projection = {
  name: 'duty-change',
  version: 1,
  async reset(client) {
    await client.query('truncate duty_change');
  },
  async apply(client, entries) {
    const actual = entries.filter(
      ({ fact }) => fact.world === 'actual' && fact.type.startsWith('shift-change.'),
    );
    // One after the other: what a fact does depends on the one before; there are few.
    for (const entry of actual) await applyOne(client, entry);
  },
};

async function applyOne(client: Client, entry: StoredFact): Promise<void> {
  for (const { fact, data, position } of entriesOf('shift-change.asked', [entry])) {
    await client.query(
      `insert into duty_change (change_id, position, changed_position, region, kind, state, ask,
         asked_at, asked_by, asked_said_by)
       values ($1, $2, $2, $3, $4, 'asked', $5, $6, $7, $8) on conflict do nothing`,
      [
        data.ask.changeId,
        position,
        fact.region,
        data.ask.kind,
        JSON.stringify(data.ask),
        fact.at,
        fact.actor,
        data.saidBy,
      ],
    );
  }
  for (const { fact, data, position } of entriesOf('shift-change.agreed', [entry])) {
    await client.query(
      `update duty_change set state = 'agreed', agreed_at = $3, agreed_by = $4, agreed_said_by = $5,
         changed_position = $2
       where change_id = $1 and changed_position < $2 and state = 'asked' and region = $6`,
      [data.changeId, position, fact.at, fact.actor, data.saidBy, fact.region],
    );
  }
  for (const { fact, data, position } of entriesOf('shift-change.decided', [entry])) {
    await client.query(
      `update duty_change set state = $3, decided_at = $4, decided_by = $5, changed_position = $2
       where change_id = $1 and changed_position < $2 and region = $6
         and (state = 'agreed' or state = 'asked' and $3 <> 'approved')`,
      [data.changeId, position, data.decision, fact.at, fact.actor, fact.region],
    );
  }
}
