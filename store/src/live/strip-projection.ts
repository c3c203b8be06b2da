import { regionPath } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';
import { liveLimits } from './live-limits.ts';

/** 过去 24 小时 → `live_strip`: facts received in each five minutes, for every prefix of the region. */
export const stripProjection: Projection = {
  name: 'live-strip',
  version: 1,
  async reset(client) {
    await client.query('truncate live_strip');
  },
  async apply(client, entries) {
    const counted = await unseen(client, entries.filter(isCounted));
    if (counted.length === 0) return;
    await addCounts(client, countByPrefix(counted));
    const newest = counted
      .map(({ receivedAt }) => receivedAt)
      .toSorted()
      .at(-1);
    await client.query(
      `delete from live_strip where bucket < $1::timestamptz - make_interval(hours => $2)`,
      [newest, liveLimits.stripHours],
    );
  },
};

/** Telemetry and the inner life of a terminal are no events. */
const notCounted: readonly string[] = ['telemetry.noted', 'clock.anchored', 'terminal.started'];

export function isCounted({ fact }: StoredFact): boolean {
  return !notCounted.includes(fact.type);
}

/** What no count holds yet: counting twice what is seen twice would be the one way to go wrong. */
async function unseen(client: Client, entries: readonly StoredFact[]): Promise<StoredFact[]> {
  const prefectures = [...new Set(entries.map(({ fact }) => fact.region.slice(0, 4)))];
  const { rows } = await client.query<{ region: string; position: number }>(
    `select region, max(last_position) as position from live_strip
     where region = any ($1) group by region`,
    [prefectures],
  );
  const seen = new Map(rows.map(({ region, position }) => [region, position]));
  return entries.filter(
    ({ fact, position }) => position > (seen.get(fact.region.slice(0, 4)) ?? 0),
  );
}

interface Count {
  readonly region: string;
  readonly bucket: string;
  count: number;
  lastPosition: number;
}

function countByPrefix(entries: readonly StoredFact[]): Count[] {
  const counts = new Map<string, Count>();
  for (const { fact, position, receivedAt } of entries) {
    const bucket = bucketOf(receivedAt);
    for (const region of regionPath(fact.region)) {
      const key = `${region} ${bucket}`;
      const held = counts.get(key) ?? { region, bucket, count: 0, lastPosition: 0 };
      held.count += 1;
      held.lastPosition = position;
      counts.set(key, held);
    }
  }
  return [...counts.values()];
}

function bucketOf(instant: string): string {
  const bucketMs = liveLimits.stripBucketMinutes * 60_000;
  const ms = Temporal.Instant.from(instant).epochMilliseconds;
  return Temporal.Instant.fromEpochMilliseconds(ms - (ms % bucketMs)).toString();
}

async function addCounts(client: Client, counts: readonly Count[]): Promise<void> {
  await client.query({
    name: 'add-live-strip',
    text: `
      insert into live_strip as s (region, bucket, count, last_position)
      select * from unnest($1::text[], $2::timestamptz[], $3::integer[], $4::bigint[])
      on conflict (region, bucket) do update
      set count = s.count + excluded.count, last_position = excluded.last_position`,
    values: [
      counts.map(({ region }) => region),
      counts.map(({ bucket }) => bucket),
      counts.map(({ count }) => count),
      counts.map(({ lastPosition }) => lastPosition),
    ],
  });
}
