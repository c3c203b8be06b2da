import { receiptMs, venueSeat, type RollCallMethod } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';

/**
 * 振铃, 应答, 点名应答 → `meeting_seat`, `meeting_asked`, `village_opening`. A whole batch is a handful of
 * statements, for a prefecture answers within seconds. Which came first of two alike is told by the log,
 * so the order of batches does not matter, and neither does a repetition.
 */
export const meetingProjection: Projection = {
  name: 'meeting',
  version: 2,
  async reset(client) {
    await client.query('truncate village_opening');
    await client.query(
      `update meeting_seat set rung_at = null, rung_position = null, answer = null, how = null,
         answered_at = null, answer_position = null
       where rung_position is not null or answer_position is not null`,
    );
    await client.query(
      `update meeting_asked set answered_at = null, answer_position = null, method = null,
         person_id = null
       where answer_position is not null`,
    );
  },
  async apply(client, entries) {
    const actual = entries.filter(
      ({ fact }) => fact.world === 'actual' && fact.type.startsWith('meeting.'),
    );
    if (actual.length === 0) return;
    const ofTerminals = actual.filter(({ fact }) => fact.source !== centreSource);
    const ofCentre = actual.filter(({ fact }) => fact.source === centreSource);
    await noteRung(client, entriesOf('meeting.rung', ofTerminals));
    await noteAnswered(client, entriesOf('meeting.answered', ofTerminals));
    await notePresent(client, [
      ...entriesOf('meeting.present', ofTerminals).map(villagePresent),
      ...entriesOf('meeting.desk-present', ofCentre).map(deskPresent),
    ]);
    await noteOpening(client, entriesOf('meeting.auto-answer-set', ofTerminals));
  },
};

type Said = Omit<StoredFact, 'body'>;

/** When it was said: by the terminal's clock where the server's time was heard, else when it came. */
const atOf = ({ fact, receivedAt }: Said): string =>
  new Date(
    receiptMs({
      atMs: Date.parse(fact.at),
      isCertain: fact.clock.offsetMs !== null,
      receivedMs: Date.parse(receivedAt),
      postedMs: 0,
    }),
  ).toISOString();

async function noteRung(client: Client, entries: readonly Entry<'meeting.rung'>[]): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: 'note-meeting-rung',
    text: `
      update meeting_seat s set rung_at = e.at, rung_position = e.position
      from (select distinct on (meeting_id, seat_id) *
            from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bigint[])
              as one (meeting_id, seat_id, at, position)
            order by meeting_id, seat_id, position) e
      where s.meeting_id = e.meeting_id and s.seat_id = e.seat_id
        and coalesce(s.rung_position > e.position, true)`,
    values: placesOf(entries),
  });
}

/** Who declined and came in after all said yes: that counts, whichever of the two is read first. */
async function noteAnswered(
  client: Client,
  entries: readonly Entry<'meeting.answered'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: 'note-meeting-answered',
    text: `
      update meeting_seat s set answered_at = e.at, answer_position = e.position,
        answer = e.answer, how = e.how
      from (select distinct on (meeting_id, seat_id) *
            from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bigint[], $5::text[],
              $6::text[]) as one (meeting_id, seat_id, at, position, answer, how)
            order by meeting_id, seat_id, answer = 'accepted' desc, position) e
      where s.meeting_id = e.meeting_id and s.seat_id = e.seat_id
        and coalesce((e.answer = 'accepted', -e.position) > (s.answer = 'accepted', -s.answer_position),
          true)`,
    values: [
      ...placesOf(entries),
      entries.map(({ data }) => data.answer),
      entries.map(({ data }) => data.how),
    ],
  });
}

function placesOf(
  entries: readonly (Said & { readonly data: { readonly meetingId: string } })[],
): [string[], string[], string[], number[]] {
  return [
    entries.map(({ data }) => data.meetingId),
    entries.map(({ fact }) => venueSeat(fact.region)),
    entries.map(atOf),
    entries.map(({ position }) => position),
  ];
}

interface Present {
  readonly meetingId: string;
  readonly seatId: string;
  readonly round: number;
  readonly at: string;
  readonly position: number;
  readonly method: RollCallMethod;
  /** Of the village; null = nobody said who. */
  readonly personId: string | null;
}

function villagePresent(entry: Entry<'meeting.present'>): Present {
  const { data, fact, position } = entry;
  return {
    meetingId: data.meetingId,
    seatId: venueSeat(fact.region),
    round: data.round,
    at: atOf(entry),
    position,
    method: data.method,
    personId: 'personId' in data ? data.personId : null,
  };
}

function deskPresent({ data, fact, position }: Entry<'meeting.desk-present'>): Present {
  const { meetingId, seatId, round } = data;
  return { meetingId, seatId, round, at: fact.at, position, method: 'button', personId: null };
}

/** Who was asked answers, once; a person named is one of that village's. */
async function notePresent(client: Client, all: readonly Present[]): Promise<void> {
  if (all.length === 0) return;
  await client.query({
    name: 'note-meeting-present',
    text: `
      update meeting_asked a set answered_at = e.at, answer_position = e.position,
        method = e.method, person_id = e.person_id
      from (select distinct on (one.meeting_id, one.seat_id, one.round) one.*
            from unnest($1::uuid[], $2::text[], $3::integer[], $4::timestamptz[], $5::bigint[],
              $6::text[], $7::uuid[])
              as one (meeting_id, seat_id, round, at, position, method, person_id)
            left join person p on p.person_id = one.person_id
              and one.seat_id = 'venue-' || p.region
            where one.person_id is null or p.person_id is not null
            order by one.meeting_id, one.seat_id, one.round, one.position) e
      where a.meeting_id = e.meeting_id and a.seat_id = e.seat_id and a.round = e.round
        and coalesce(a.answer_position > e.position, true)`,
    values: [
      all.map(({ meetingId }) => meetingId),
      all.map(({ seatId }) => seatId),
      all.map(({ round }) => round),
      all.map(({ at }) => at),
      all.map(({ position }) => position),
      all.map(({ method }) => method),
      all.map(({ personId }) => personId),
    ],
  });
}

/** The newest word of a village counts, of somebody of that village. */
async function noteOpening(
  client: Client,
  entries: readonly Entry<'meeting.auto-answer-set'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: 'note-village-opening',
    text: `
      insert into village_opening (region, is_allowed, position)
      select distinct on (e.region) e.region, e.is_allowed, e.position
      from unnest($1::text[], $2::boolean[], $3::bigint[], $4::uuid[])
        as e (region, is_allowed, position, person_id)
      join person p on p.person_id = e.person_id and p.region = e.region
      order by e.region, e.position desc
      on conflict (region) do update set is_allowed = excluded.is_allowed,
        position = excluded.position
      where village_opening.position < excluded.position`,
    values: [
      entries.map(({ fact }) => fact.region),
      entries.map(({ data }) => data.isAllowed),
      entries.map(({ position }) => position),
      entries.map(({ data }) => data.personId),
    ],
  });
}
