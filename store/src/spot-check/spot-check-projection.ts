import {
  foldSpotCheck,
  type CheckedVillage,
  type CheckMark,
  type CheckMarkKind,
} from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';

type TerminalFact = `spot-check.${CheckMarkKind}`;

/**
 * 在岗抽查 → `spot_check_mark` and what follows of it in `spot_check_village`. A whole batch is three
 * statements, for a prefecture answers within seconds. Orders are rows of their own transaction.
 */
export const spotCheckProjection: Projection = {
  name: 'spot-check',
  version: 1,
  async reset(client) {
    await client.query('truncate spot_check_mark');
    await client.query(
      `update spot_check_village set delivered_at = null, shown_at = null, answered_at = null,
         came_too_late_at = null, answered_late_at = null, person_id = null, method = null,
         answer_ms = null, call_asked_at = null, called_back_at = null, called_back_reached = null,
         called_back_position = null
       where left_out is null`,
    );
  },
  async apply(client, entries) {
    const actual = entries.filter(
      ({ fact }) => fact.world === 'actual' && fact.type.startsWith('spot-check.'),
    );
    const ofTerminals = actual.filter(({ fact }) => fact.source !== centreSource);
    const marks = [
      ...marksOf('delivered', ofTerminals),
      ...marksOf('shown', ofTerminals),
      ...marksOf('answered', ofTerminals),
      ...marksOf('call-asked', ofTerminals),
    ];
    if (marks.length > 0) await noteMarks(client, marks);
    const calls = entriesOf('spot-check.called-back', actual).filter(
      ({ fact }) => fact.source === centreSource,
    );
    for (const call of calls) await noteCall(client, call);
  },
};

interface PlacedMark extends CheckMark {
  readonly checkId: string;
  readonly region: string;
}

/** Beyond 2100 a running time says nothing; it could not be stored either. */
const latestMs = Date.UTC(2100, 0);

function marksOf(kind: CheckMarkKind, entries: readonly StoredFact[]): PlacedMark[] {
  const type: TerminalFact = `spot-check.${kind}`;
  return entriesOf(type, entries)
    .filter(({ fact }) => fact.clock.uptimeMs <= latestMs)
    .map(({ position, fact, receivedAt, data }) => ({
      checkId: data.checkId,
      region: fact.region,
      kind,
      position,
      receivedMs: Date.parse(receivedAt),
      bootId: fact.clock.bootId,
      uptimeMs: fact.clock.uptimeMs,
      personId: 'personId' in data ? data.personId : null,
      method: 'method' in data ? data.method : null,
    }));
}

async function noteMarks(client: Client, marks: readonly PlacedMark[]): Promise<void> {
  await client.query({
    name: 'insert-spot-check-mark',
    text: `
      insert into spot_check_mark (check_id, region, position, kind, received_at, boot_id, uptime_ms,
        person_id, method)
      select e.* from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[],
        $6::uuid[], $7::bigint[], $8::uuid[], $9::text[])
        as e (check_id, region, position, kind, received_at, boot_id, uptime_ms, person_id, method)
      join spot_check_village v on v.check_id = e.check_id and v.region = e.region
        and v.left_out is null
      on conflict do nothing`,
    values: [
      marks.map(({ checkId }) => checkId),
      marks.map(({ region }) => region),
      marks.map(({ position }) => position),
      marks.map(({ kind }) => kind),
      marks.map(({ receivedMs }) => new Date(receivedMs).toISOString()),
      marks.map(({ bootId }) => bootId),
      marks.map(({ uptimeMs }) => uptimeMs),
      marks.map(({ personId }) => personId),
      marks.map(({ method }) => method),
    ],
  });
  await writeVillages(client, await readVillages(client, marks));
}

interface VillageRow {
  readonly checkId: string;
  readonly region: string;
  readonly orderedMs: number;
  readonly untilMs: number;
  readonly marks: readonly CheckMark[];
  /** Everybody ever of that village who answered. */
  readonly people: readonly string[];
}

async function readVillages(client: Client, touched: readonly PlacedMark[]): Promise<VillageRow[]> {
  const places = new Map(touched.map((mark) => [`${mark.checkId} ${mark.region}`, mark]));
  const { rows } = await client.query<VillageRow>({
    name: 'read-spot-check-marks',
    text: `
      select v.check_id as "checkId", v.region,
             (extract(epoch from v.ordered_at) * 1000)::float8 as "orderedMs",
             (extract(epoch from v.until) * 1000)::float8 as "untilMs",
             json_agg(json_build_object('kind', m.kind, 'position', m.position,
               'receivedMs', extract(epoch from m.received_at) * 1000, 'bootId', m.boot_id,
               'uptimeMs', m.uptime_ms, 'personId', m.person_id, 'method', m.method)) as marks,
             coalesce(json_agg(p.person_id) filter (where p.person_id is not null), '[]') as people
      from unnest($1::uuid[], $2::text[]) as e (check_id, region)
      join spot_check_village v on v.check_id = e.check_id and v.region = e.region
      join spot_check_mark m on m.check_id = v.check_id and m.region = v.region
      left join person p on p.person_id = m.person_id and p.region = v.region
      group by v.check_id, v.region`,
    values: [
      [...places.values()].map(({ checkId }) => checkId),
      [...places.values()].map(({ region }) => region),
    ],
  });
  return rows;
}

async function writeVillages(client: Client, rows: readonly VillageRow[]): Promise<void> {
  const folded = rows.map((row): CheckedVillage & Pick<VillageRow, 'checkId' | 'region'> => {
    const people = new Set(row.people);
    const village = foldSpotCheck(row.marks, row, (personId) => people.has(personId));
    return { ...village, checkId: row.checkId, region: row.region };
  });
  await client.query({
    name: 'write-spot-check-village',
    text: `
      update spot_check_village v set delivered_at = e.delivered_at, shown_at = e.shown_at,
        answered_at = e.answered_at, came_too_late_at = e.came_too_late_at,
        answered_late_at = e.answered_late_at, person_id = e.person_id, method = e.method,
        answer_ms = e.answer_ms, call_asked_at = e.call_asked_at
      from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[],
        $6::timestamptz[], $7::timestamptz[], $8::uuid[], $9::text[], $10::bigint[],
        $11::timestamptz[])
        as e (check_id, region, delivered_at, shown_at, answered_at, came_too_late_at,
          answered_late_at, person_id, method, answer_ms, call_asked_at)
      where v.check_id = e.check_id and v.region = e.region`,
    values: [
      folded.map(({ checkId }) => checkId),
      folded.map(({ region }) => region),
      folded.map(({ deliveredMs }) => instantOf(deliveredMs)),
      folded.map(({ shownMs }) => instantOf(shownMs)),
      folded.map(({ answeredMs }) => instantOf(answeredMs)),
      folded.map(({ cameTooLateMs }) => instantOf(cameTooLateMs)),
      folded.map(({ answeredLateMs }) => instantOf(answeredLateMs)),
      folded.map(({ personId }) => personId),
      folded.map(({ method }) => method),
      folded.map(({ answerMs }) => answerMs),
      folded.map(({ callAskedMs }) => instantOf(callAskedMs)),
    ],
  });
}

function instantOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** The newest call counts; one that reached somebody is not undone by a later one that did not. */
async function noteCall(
  client: Client,
  { fact, data, position }: Entry<'spot-check.called-back'>,
): Promise<void> {
  await client.query(
    `update spot_check_village set called_back_at = $3, called_back_reached = $4,
       called_back_position = $5
     where check_id = $1 and region = $2 and coalesce(called_back_position, 0) < $5
       and called_back_reached is distinct from true`,
    [data.checkId, data.region, fact.at, data.reached, position],
  );
}
