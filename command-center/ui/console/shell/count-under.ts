import { regionPath, type VillageView } from '@sightline/contracts';

export interface RegionCount {
  readonly equipped: number;
  readonly online: number;
}

/** How many villages of each region have a terminal, and how many of those can be reached. */
export function countUnder(villages: readonly VillageView[]): ReadonlyMap<string, RegionCount> {
  const counts = new Map<string, RegionCount>();
  for (const { region, status } of villages) {
    if (status === 'not-equipped') continue;
    for (const code of regionPath(region)) {
      const { equipped, online } = counts.get(code) ?? { equipped: 0, online: 0 };
      counts.set(code, {
        equipped: equipped + 1,
        online: online + (status === 'online' ? 1 : 0),
      });
    }
  }
  return counts;
}
