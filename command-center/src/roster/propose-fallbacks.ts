import type { Region, RosterSlot } from '@sightline/contracts';
import { readPatterns, readRoster, rosterPeople, type Queryable } from '@sightline/store';
import { proposeFallback, type TroubledCell } from '#domain/watch/propose-fallback.ts';

/** A cell of one of many villages that will not hold. */
export interface TroubledPlace extends TroubledCell {
  readonly region: Region;
}

/** Who could stand there, in the order of the troubles. */
export async function proposeFallbacks(
  db: Queryable,
  troubles: readonly TroubledPlace[],
): Promise<(string | null)[]> {
  const grounds = new Map<string, Awaited<ReturnType<typeof groundOf>>>();
  for (const region of new Set(troubles.map((trouble) => trouble.region))) {
    const own = troubles.filter((trouble) => trouble.region === region);
    grounds.set(region, await groundOf(db, region, own));
  }
  return troubles.map((trouble) => {
    const ground = grounds.get(trouble.region);
    if (ground === undefined) return null;
    const { people, patterns, slots } = ground;
    return proposeFallback(trouble, { people, pattern: patterns[trouble.post], slots });
  });
}

/** A village as proposals need it: its people, patterns, and slots around those cells. */
async function groundOf(db: Queryable, region: Region, troubles: readonly TroubledPlace[]) {
  const days = troubles.map(({ shift }) => shift.slice(0, 10)).toSorted();
  const first = Temporal.PlainDate.from(days[0] ?? '').subtract({ days: 2 });
  const last = Temporal.PlainDate.from(days.at(-1) ?? '').add({ days: 2 });
  const slots: readonly RosterSlot[] = await readRoster(db, {
    scope: region,
    from: first.toString(),
    to: last.toString(),
  });
  const people = (await rosterPeople(db, region)).get(region) ?? [];
  const patterns = (await readPatterns(db, region)).get(region) ?? {};
  return { slots, people, patterns };
}
