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
    const counted = entries.filter(isCounted);
    if (counted.length === 0) return;
    const { positions, bucket } = await readSeen(client, counted);
    const fresh = counted.filter(
      ({ fact, position }) => position > (positions.get(fact.region.slice(0, 4)) ?? 0),
    );
    const counts = countByPrefix(fresh);
    if (counts.length > 0) await addCounts(client, counts);
    const newest = counts.reduce((latest, count) => maxText(latest, count.bucket), bucket);
    if (newest > bucket) await cutBefore(client, newest);
  },
};

/** Telemetry and the inner life of a terminal are no events. */
const notCounted: readonly string[] = ['telemetry.noted', 'clock.anchored', 'terminal.started'];

export function isCounted({ fact }: StoredFact): boolean {
  return !notCounted.includes(fact.type);
}

interface Seen {
  /** Prefecture → the last position counted: counting twice what is seen twice would be wrong. */
  readonly positions: ReadonlyMap<string, number>;
  /** The newest bucket; '' = none. */
  readonly bucket: string;
}

async function readSeen(client: Client, entries: readonly StoredFact[]): Promise<Seen> {
  const prefectures = [...new Set(entries.map(({ fact }) => fact.region.slice(0, 4)))];
  const { rows } = await client.query<{ region: string; position: number; bucket: string }>({
    name: 'read-live-strip-seen',
    text: `select region, max(last_position) as position, max(bucket) as bucket
      from live_strip where region = any ($1) group by region`,
    values: [prefectures],
  });
  return {
    positions: new Map(rows.map(({ region, position }) => [region, position])),
    bucket: rows.map((row) => row.bucket).reduce(maxText, ''),
  };
}

function maxText(a: string, b: string): string {
  return a > b ? a : b;
}

/** Once a new bucket begins, those of more than a day ago go. */
async function cutBefore(client: Client, newest: string): Promise<void> {
  await client.query(
    'delete from live_strip where bucket < $1::timestamptz - make_interval(hours => $2)',
    [newest, liveLimits.stripHours],
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
  const buckets = new Map<string, string>();
  for (const { fact, position, receivedAt } of entries) {
    // A batch of the log has few instants of receipt.
    const bucket = buckets.get(receivedAt) ?? bucketOf(receivedAt);
    buckets.set(receivedAt, bucket);
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

/** As text with milliseconds, the form the database's instants arrive in: the two are compared. */
function bucketOf(instant: string): string {
  const bucketMs = liveLimits.stripBucketMinutes * 60_000;
  const ms = Temporal.Instant.from(instant).epochMilliseconds;
  return Temporal.Instant.fromEpochMilliseconds(ms - (ms % bucketMs)).toString({
    fractionalSecondDigits: 3,
  });
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
