import {
  regionRange,
  type DutyPost,
  type Region,
  type RosterPattern,
  type RosterPatterns,
} from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

/** Posts and how they are filled from now on; null = no longer. One left out stays as it is. */
export type PatternChange = Readonly<Partial<Record<DutyPost, RosterPattern | null>>>;

/** 排班规则. Sets the patterns of these villages. */
export async function setPatterns(
  client: Client,
  regions: readonly Region[],
  change: PatternChange,
): Promise<void> {
  const posts = Object.entries(change);
  const ended = posts.filter(([, pattern]) => pattern === null).map(([post]) => post);
  await client.query('delete from roster_pattern where region = any ($1) and post = any ($2)', [
    regions,
    ended,
  ]);
  const set = posts.filter(([, pattern]) => pattern !== null);
  await client.query(
    `insert into roster_pattern (region, post, pattern)
     select region, post, pattern from unnest($1::text[]) as r (region)
       cross join unnest($2::text[], $3::jsonb[]) as p (post, pattern)
     on conflict (region, post) do update set pattern = excluded.pattern`,
    [regions, set.map(([post]) => post), set.map(([, pattern]) => JSON.stringify(pattern))],
  );
}

/** The patterns of the scope's villages; one without any is missing. */
export async function readPatterns(
  db: Queryable,
  scope: Region,
): Promise<Map<Region, RosterPatterns>> {
  const range = regionRange(scope);
  const { rows } = await db.query<{ region: Region; patterns: RosterPatterns }>(
    `select region, jsonb_object_agg(post, pattern) as patterns from roster_pattern
     where region >= $1 and region < $2 group by region`,
    [range.from, range.to],
  );
  return new Map(rows.map(({ region, patterns }) => [region, patterns]));
}
