import type { Region, VillageView } from '@sightline/contracts';
import { countPeople, countTerminals, readCells, type Store } from '@sightline/store';

/** Every village of a scope with its status, without anybody's name. */
export async function readVillages({ pool }: Store, scope: Region): Promise<VillageView[]> {
  const [cells, people, terminals] = await Promise.all([
    readCells(pool, scope),
    countPeople(pool, scope),
    countTerminals(pool, scope),
  ]);
  return cells.map((cell) => ({
    ...cell,
    people: people.get(cell.region) ?? 0,
    terminals: terminals.get(cell.region) ?? 0,
  }));
}
