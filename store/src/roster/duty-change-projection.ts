import { entriesOf, type Entry } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { Client } from '#engine/store.ts';
import type { Projection } from '#log/projector.ts';
import type { StoredFact } from '#log/log-entry.ts';

/**
 * 换班, 请假, 顶班 → `duty_change`. Commands at the centre apply it to their own fact at once; the projector's
 * later look at the same fact changes nothing. What ended stays as it ended. Own words of a terminal stand in
 * `duty_change_word`: they outrank what an officer wrote down, and the first of each person counts.
 */
export const dutyChangeProjection: Projection = {
  name: 'duty-change',
  version: 1,
  async reset(client) {
    await client.query('truncate duty_change, duty_change_word');
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
         and (state = 'agreed' or state in ('asked', 'declined') and $3 <> 'approved')`,
      [data.changeId, position, data.decision, fact.at, fact.actor, fact.region],
    );
  }
  for (const each of entriesOf('shift-change.answered', [entry])) await answer(client, each);
}

/** Of one of the two, by a terminal of their village; after the end it is kept as late. */
async function answer(client: Client, entry: Entry<'shift-change.answered'>): Promise<void> {
  const { fact, data, position, receivedAt } = entry;
  if (fact.source === centreSource) return;
  await client.query(
    `with said as (
       insert into duty_change_word (change_id, person_id, position, answer, method, said_at,
         received_at, terminal_id, is_late)
       select c.change_id, $2, $3, $4, $5, $6, $7, $8, c.decided_at is not null
       from duty_change c
       where c.change_id = $1 and c.region = $9
         and $2::uuid in ((c.ask ->> 'personId')::uuid, (c.ask ->> 'otherId')::uuid)
       on conflict do nothing
       returning change_id, answer, is_late
     )
     update duty_change c set changed_position = $3,
       state = case when s.answer = 'declined' then 'declined' else 'agreed' end,
       agreed_at = case when s.answer = 'agreed' then $6 else c.agreed_at end,
       agreed_by = case when s.answer = 'agreed' then $10 else c.agreed_by end,
       agreed_said_by = case when s.answer = 'agreed' then 'kiosk' else c.agreed_said_by end
     from said s
     where c.change_id = s.change_id and not s.is_late and c.state in ('asked', 'agreed')
       and (s.answer = 'declined' or c.state = 'asked' and $2::uuid = ${askedOne})`,
    [
      data.changeId,
      data.personId,
      position,
      data.answer,
      data.method,
      fact.at,
      receivedAt,
      data.terminalId,
      fact.region,
      fact.actor,
    ],
  );
}

/** SQL: who is asked, as `sidesOf` of the contracts tells it. */
const askedOne = `(c.ask ->> case c.kind when 'take-over' then 'personId' else 'otherId' end)::uuid`;
