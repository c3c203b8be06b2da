import { receiptMs } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { entriesOf } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';

/**
 * 回执 → `notice_village`. A whole batch is three statements, for a prefecture receives within seconds.
 * Which came first of two alike is told by the log, so the order of batches does not matter.
 */
export const noticeProjection: Projection = {
  name: 'notice',
  version: 1,
  async reset(client) {
    await client.query(
      `update notice_village set delivered_at = null, read_at = null, read_position = null,
         person_id = null`,
    );
  },
  async apply(client, entries) {
    const said = saidOf(
      entries.filter(
        ({ fact }) =>
          fact.world === 'actual' &&
          fact.source !== centreSource &&
          fact.type.startsWith('notice.'),
      ),
    );
    if (said.length === 0) return;
    const counted = await readCounted(client, said);
    await noteDelivered(client, counted);
    await noteRead(
      client,
      counted.filter(({ isRead }) => isRead),
    );
  },
};

interface Said {
  readonly noticeId: string;
  readonly region: string;
  readonly position: number;
  readonly isRead: boolean;
  readonly personId: string | null;
  readonly atMs: number;
  readonly isCertain: boolean;
  readonly receivedMs: number;
}

function saidOf(entries: readonly StoredFact[]): Said[] {
  const of = (
    isRead: boolean,
    { fact, position, receivedAt }: Omit<StoredFact, 'body'>,
    data: { readonly noticeId: string; readonly personId?: string },
  ): Said => ({
    noticeId: data.noticeId,
    region: fact.region,
    position,
    isRead,
    personId: data.personId ?? null,
    atMs: Date.parse(fact.at),
    isCertain: fact.clock.offsetMs !== null,
    receivedMs: Date.parse(receivedAt),
  });
  return [
    ...entriesOf('notice.delivered', entries).map((entry) => of(false, entry, entry.data)),
    ...entriesOf('notice.read', entries).map((entry) => of(true, entry, entry.data)),
  ];
}

type Counted = Pick<Said, 'noticeId' | 'region' | 'position' | 'isRead' | 'personId'> & {
  readonly at: string;
};

/**
 * Leaves out what is of no village of the notice, and a signature that an important one asks for and
 * nobody of that village gave.
 */
async function readCounted(client: Client, said: readonly Said[]): Promise<Counted[]> {
  const { rows } = await client.query<{ nth: number; postedMs: number; isOf: boolean }>({
    name: 'read-notice-ground',
    text: `
      select e.nth::integer as nth, (extract(epoch from n.posted_at) * 1000)::float8 as "postedMs",
             p.person_id is not null as "isOf"
      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::boolean[]) with ordinality
        as e (notice_id, region, person_id, is_read, nth)
      join notice n on n.notice_id = e.notice_id
      join notice_village v on v.notice_id = e.notice_id and v.region = e.region
      left join person p on p.person_id = e.person_id and p.region = e.region
      where not e.is_read or n.level = 'plain' or p.person_id is not null`,
    values: [
      said.map(({ noticeId }) => noticeId),
      said.map(({ region }) => region),
      said.map(({ personId }) => personId),
      said.map(({ isRead }) => isRead),
    ],
  });
  return rows.flatMap(({ nth, postedMs, isOf }) => {
    const one = said[nth - 1];
    if (one === undefined) return [];
    const at = new Date(receiptMs({ ...one, postedMs })).toISOString();
    return [{ ...one, personId: isOf ? one.personId : null, at }];
  });
}

async function noteDelivered(client: Client, counted: readonly Counted[]): Promise<void> {
  await client.query({
    name: 'note-notice-delivered',
    text: `
      update notice_village v set delivered_at = least(v.delivered_at, e.at)
      from (select notice_id, region, min(at) as at
            from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as one (notice_id, region, at)
            group by notice_id, region) e
      where v.notice_id = e.notice_id and v.region = e.region`,
    values: placesOf(counted),
  });
}

async function noteRead(client: Client, counted: readonly Counted[]): Promise<void> {
  await client.query({
    name: 'note-notice-read',
    text: `
      update notice_village v set read_at = e.at, read_position = e.position,
        person_id = e.person_id
      from (select distinct on (notice_id, region) *
            from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bigint[], $5::uuid[])
              as one (notice_id, region, at, position, person_id)
            order by notice_id, region, position) e
      where v.notice_id = e.notice_id and v.region = e.region
        and coalesce(v.read_position > e.position, true)`,
    values: [
      ...placesOf(counted),
      counted.map(({ position }) => position),
      counted.map(({ personId }) => personId),
    ],
  });
}

function placesOf(counted: readonly Counted[]): [string[], string[], string[]] {
  return [
    counted.map(({ noticeId }) => noticeId),
    counted.map(({ region }) => region),
    counted.map(({ at }) => at),
  ];
}
