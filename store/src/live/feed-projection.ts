import type { FeedLine } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';
import { liveLimits } from './live-limits.ts';
import { entriesOf } from './read-entry.ts';

/** 刚刚 → `live_feed`: the newest lines, without anything about a person. */
export const feedProjection: Projection = {
  name: 'live-feed',
  version: 1,
  async reset(client) {
    await client.query('truncate live_feed');
  },
  async apply(client, entries) {
    const [first, last] = [entries.at(0)?.position ?? 0, entries.at(-1)?.position ?? 0];
    await insertLines(client, feedLinesOf(entries));
    // Cut at round positions only: what is left does not depend on how the log was batched.
    const { feedPositions, feedCutEvery } = liveLimits;
    const round = last - (last % feedCutEvery);
    if (round < first) return;
    await client.query('delete from live_feed where position <= $1', [round - feedPositions]);
  },
};

/** The lines these entries are worth, in order. Names, numbers and ids of people never enter. */
export function feedLinesOf(entries: readonly StoredFact[]): FeedLine[] {
  const lines = [
    ...entriesOf('duty.checked-in', entries).map((entry) =>
      lineOf(entry, { method: entry.data.method }),
    ),
    ...entriesOf('terminal.presence-changed', entries).map((entry) =>
      lineOf(entry, { status: entry.data.status }),
    ),
    ...entriesOf('terminal.enrolled', entries).map((entry) => lineOf(entry, {})),
    ...entriesOf('terminal.revoked', entries).map((entry) => lineOf(entry, {})),
    ...entriesOf('broker.listening-changed', entries).map((entry) =>
      lineOf(entry, { listening: entry.data.listening ? 1 : 0 }),
    ),
  ];
  return lines.toSorted((a, b) => a.position - b.position);
}

function lineOf(
  { position, fact }: Pick<StoredFact, 'position' | 'fact'>,
  detail: FeedLine['detail'],
): FeedLine {
  return { position, at: fact.at, region: fact.region, type: fact.type, detail };
}

async function insertLines(client: Client, lines: readonly FeedLine[]): Promise<void> {
  if (lines.length === 0) return;
  await client.query({
    name: 'insert-live-feed',
    text: `
      insert into live_feed (position, at, region, type, detail)
      select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::jsonb[])
      on conflict do nothing`,
    values: [
      lines.map(({ position }) => position),
      lines.map(({ at }) => at),
      lines.map(({ region }) => region),
      lines.map(({ type }) => type),
      lines.map(({ detail }) => JSON.stringify(detail)),
    ],
  });
}
