import type { FaceEvidence } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';
import { entriesOf, type Entry } from './read-entry.ts';

/**
 * 值班签到 → `check_in` and the newest of each village in `village_duty`; clock anchors move both. The days
 * of the duty ledger that a check-in may matter to are marked.
 */
export const checkInProjection: Projection = {
  name: 'check-in',
  version: 3,
  async reset(client) {
    await client.query('truncate check_in, clock_anchor, village_duty');
  },
  async apply(client, entries) {
    const anchors = entriesOf('clock.anchored', entries).filter(isPlausible);
    if (anchors.length > 0) await insertAnchors(client, anchors);
    const checkIns = entriesOf('duty.checked-in', entries).filter(({ fact }) => hasOwnClock(fact));
    if (checkIns.length > 0) await insertCheckIns(client, checkIns);
    if (anchors.length > 0) await moveToAnchors(client, anchors);
  },
};

/** Beyond 2100 or before 1970 an offset says nothing; it could not be stored either. */
const latestMs = Date.UTC(2100, 0);

function isPlausible({ fact, data }: Entry<'clock.anchored'>): boolean {
  const nowMs = data.offsetMs + fact.clock.uptimeMs;
  return (
    hasOwnClock(fact) && nowMs >= 0 && nowMs <= latestMs && Number.isSafeInteger(data.offsetMs)
  );
}

function hasOwnClock({ clock }: StoredFact['fact']): boolean {
  return clock.uptimeMs <= latestMs;
}

async function insertAnchors(
  client: Client,
  anchors: readonly Entry<'clock.anchored'>[],
): Promise<void> {
  // The first anchor of a boot holds, in whatever batches the log is read.
  await client.query({
    name: 'insert-clock-anchor',
    text: `
      insert into clock_anchor (source, boot_id, offset_ms, position)
      select distinct on (source, boot_id) *
      from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[])
        as e (source, boot_id, offset_ms, position)
      order by source, boot_id, position
      on conflict do nothing`,
    values: [
      anchors.map(({ fact }) => fact.source),
      anchors.map(({ data }) => data.bootId),
      anchors.map(({ data }) => data.offsetMs),
      anchors.map(({ position }) => position),
    ],
  });
}

/** Takes the newest certain check-in of each village out of `moved` into village_duty. */
const takeNewest = `
  insert into village_duty as d (region, position, at, shift, method)
  select distinct on (region) region, position, effective_at, shift, method
  from moved where certain and world = 'actual'
  order by region, effective_at desc, position desc
  on conflict (region) do update
  set position = excluded.position, at = excluded.at, shift = excluded.shift,
      method = excluded.method
  where (excluded.at, excluded.position) > (d.at, d.position)`;

/** Marks the days that `moved` may matter to; `wide`: a condition that it may be any since its device began. */
const touchLedger = (wide: string) => `
  touched as (
    insert into ledger_touched (region, day)
    select distinct m.region, d.day
    from moved m left join terminal_source s using (source)
    cross join lateral ledger_days(m.effective_at, m.received_at, s.enrolled_at, ${wide}) as d (day)
    where m.world = 'actual'
  )`;

async function insertCheckIns(
  client: Client,
  checkIns: readonly Entry<'duty.checked-in'>[],
): Promise<void> {
  await client.query({
    name: 'insert-check-in',
    text: `
      with moved as (
        insert into check_in (id, position, at, effective_at, certain, received_at, region,
          terminal_id, person_id, shift, said_shift, method, simulated, world, source, boot_id,
          uptime_ms, witness_id, sample_camera, face_figures)
        select e.id, e.position, e.at, t.effective_at, e.own or a.offset_ms is not null,
          e.received_at, e.region, e.terminal_id, e.person_id, shift_at(t.effective_at),
          e.said_shift, e.method, e.simulated, e.world, e.source, e.boot_id, e.uptime_ms,
          e.witness_id, e.sample_camera, e.face_figures
        from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::text[],
          $6::text[], $7::uuid[], $8::text[], $9::text[], $10::boolean[], $11::text[],
          $12::text[], $13::uuid[], $14::bigint[], $15::boolean[], $16::uuid[], $17::boolean[],
          $18::text[])
          as e (id, position, at, received_at, region, terminal_id, person_id, said_shift, method,
            simulated, world, source, boot_id, uptime_ms, own, witness_id, sample_camera, face_figures)
        left join clock_anchor a on a.source = e.source and a.boot_id = e.boot_id
        cross join lateral (select case when e.own or a.offset_ms is null then e.at
          else timestamptz 'epoch' + (a.offset_ms + e.uptime_ms) * interval '1 millisecond'
          end as effective_at) as t
        on conflict do nothing
        returning region, position, effective_at, shift, method, certain, world, source, received_at
      ), ${touchLedger('not m.certain')}
      ${takeNewest}`,
    values: checkInColumns(checkIns),
  });
}

function checkInColumns(checkIns: readonly Entry<'duty.checked-in'>[]): unknown[][] {
  return [
    checkIns.map(({ fact }) => fact.id),
    checkIns.map(({ position }) => position),
    checkIns.map(({ fact }) => fact.at),
    checkIns.map(({ receivedAt }) => receivedAt),
    checkIns.map(({ fact }) => fact.region),
    checkIns.map(({ data }) => data.terminalId),
    checkIns.map(({ data }) => data.personId),
    checkIns.map(({ data }) => data.shift),
    checkIns.map(({ data }) => data.method),
    checkIns.map(({ data }) => data.simulated === true),
    checkIns.map(({ fact }) => fact.world),
    checkIns.map(({ fact }) => fact.source),
    checkIns.map(({ fact }) => fact.clock.bootId),
    checkIns.map(({ fact }) => fact.clock.uptimeMs),
    checkIns.map(({ fact }) => fact.clock.offsetMs !== null),
    checkIns.map(({ data }) => (data.method === 'pin-witness' ? data.witnessId : null)),
    checkIns.map(({ data }) => data.method === 'face' && data.face.sampleCamera === true),
    checkIns.map(({ data }) => (data.method === 'face' ? figuresOf(data.face) : null)),
  ];
}

/** To six digits: two looks of a camera at a living person never give the same. */
function figuresOf({ similarity, margin, liveness }: FaceEvidence): string {
  return [similarity, margin, liveness].map((figure) => figure.toFixed(6)).join('/');
}

/** Sets the effective time of everything those boots said before their clock was anchored. */
async function moveToAnchors(
  client: Client,
  anchors: readonly Entry<'clock.anchored'>[],
): Promise<void> {
  await client.query({
    name: 'move-check-in-to-anchor',
    text: `
      with moved as (
        update check_in c
        set effective_at = timestamptz 'epoch'
              + (a.offset_ms + c.uptime_ms) * interval '1 millisecond',
            shift = shift_at(timestamptz 'epoch'
              + (a.offset_ms + c.uptime_ms) * interval '1 millisecond'),
            certain = true
        from clock_anchor a
        join unnest($1::text[], $2::uuid[]) as e (source, boot_id)
          on a.source = e.source and a.boot_id = e.boot_id
        where c.source = a.source and c.boot_id = a.boot_id and not c.certain
        returning c.region, c.position, c.effective_at, c.shift, c.method, c.certain, c.world,
          c.source, c.received_at
      ), ${touchLedger('true')}
      ${takeNewest}`,
    values: [anchors.map(({ fact }) => fact.source), anchors.map(({ data }) => data.bootId)],
  });
}
