import type { StatusCounts, VillageStatus, VillageView } from '@sightline/contracts';

/** As they are listed: what needs somebody first. */
export const statuses: readonly VillageStatus[] = [
  'offline',
  'stale',
  'unknown',
  'online',
  'not-equipped',
];

export function orderVillages(villages: readonly VillageView[]): VillageView[] {
  return villages.toSorted(
    (a, b) =>
      statuses.indexOf(a.status) - statuses.indexOf(b.status) || (a.region < b.region ? -1 : 1),
  );
}

export function countStatuses(villages: readonly VillageView[]): StatusCounts {
  const counts = { online: 0, stale: 0, offline: 0, unknown: 0, 'not-equipped': 0 };
  for (const { status } of villages) counts[status] += 1;
  return counts;
}
