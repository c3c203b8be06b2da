import { regionRange, type LiveCell, type VillageStatus } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { liveLimits } from './live-limits.ts';

/** Every village within the scope, equipped or not, as the live view shows it; in code order. */
export async function readCells(db: Queryable, scope: string): Promise<LiveCell[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<Row>({
    name: 'read-cells',
    text: cellsWhere('region >= $1 and region < $2'),
    values: [from, to],
  });
  return rows.map(toCell);
}

/** The cells of these villages; one that is neither in the register nor equipped is missing. */
export async function readCellsOf(db: Queryable, regions: readonly string[]): Promise<LiveCell[]> {
  const { rows } = await db.query<Row>({
    name: 'read-cells-of',
    text: cellsWhere('region = any ($1)'),
    values: [regions],
  });
  return rows.map(toCell);
}

/** A village with more terminals than one is as reachable as the best of them. */
function cellsWhere(condition: string): string {
  return `
    with village as (
      select region from division where length(region) = 12 and ${condition}
      union
      select region from presence where length(region) = 12 and ${condition}
    ), best as (
      select distinct on (region) region, status, since, simulated
      from presence where ${condition}
      order by region, array_position(array['online', 'stale', 'offline', 'unknown'], status), since
    ), duty as (
      select region, at, shift, method from village_duty where ${condition}
    )
    select v.region, coalesce(b.status, 'not-equipped') as status, b.since,
      coalesce(b.simulated, false) as simulated, d.at, d.shift, d.method
    from village v left join best b using (region) left join duty d using (region)
    order by v.region limit ${liveLimits.cells}`;
}

interface Row {
  readonly region: string;
  readonly status: VillageStatus;
  readonly since: string | null;
  readonly simulated: boolean;
  readonly at: string | null;
  readonly shift: string | null;
  readonly method: string | null;
}

function toCell({ region, status, since, simulated, at, shift, method }: Row): LiveCell {
  const checkedIn = at === null || shift === null || method === null ? null : { shift, at, method };
  return { region, status, since, checkedIn, simulated };
}
