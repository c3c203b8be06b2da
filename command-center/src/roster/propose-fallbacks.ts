import { dayOfShift, type Region } from '@sightline/contracts';
import { readProposalGrounds, type Queryable } from '@sightline/store';
import { proposeFallback, type TroubledCell } from '#domain/watch/propose-fallback.ts';

/** A cell of one of many villages that will not hold. */
export interface TroubledPlace extends TroubledCell {
  readonly region: Region;
}

/** Days around a cell in which somebody may watch too long. */
const daysAround = 2;

/** Who could stand there, in the order of the troubles. */
export async function proposeFallbacks(
  db: Queryable,
  troubles: readonly TroubledPlace[],
): Promise<(string | null)[]> {
  const byVillage = Map.groupBy(troubles, ({ region }) => region);
  const grounds = await readProposalGrounds(
    db,
    [...byVillage].map(([region, own]) => ({ region, ...daysOf(own) })),
  );
  return troubles.map((trouble) => {
    const ground = grounds.get(trouble.region);
    if (ground === undefined) return null;
    const { people, patterns, slots, away } = ground;
    return proposeFallback(trouble, { people, pattern: patterns[trouble.post], slots, away });
  });
}

/** The days of the cells, and those around them. */
function daysOf(troubles: readonly TroubledPlace[]): {
  readonly from: string;
  readonly to: string;
} {
  const days = troubles.map(({ shift }) => dayOfShift(shift)).toSorted();
  const at = (day: string | undefined) => Temporal.PlainDate.from(day ?? '');
  return {
    from: at(days[0]).subtract({ days: daysAround }).toString(),
    to: at(days.at(-1)).add({ days: daysAround }).toString(),
  };
}
