import type { PartHealth, VillagesView, VillageView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { doubtOf, shownStatus, type Doubt } from '#domain/shown-status.ts';
import { get } from './call.ts';

const renewMs = 5_000;
/** After three missed renewals the page no longer vouches for what it shows. */
const patienceMs = 3 * renewMs + 2_000;

export interface Villages {
  readonly list: readonly VillageView[];
  readonly byRegion: ReadonlyMap<string, VillageView>;
  readonly doubt: Doubt;
  readonly health: readonly PartHealth[];
  readonly isLoading: boolean;
}

/** Every village of this account with its status as it may be shown now, renewed every 5 s. */
export function useVillages(): Villages {
  const query = useQuery({
    queryKey: ['villages'],
    queryFn: ({ signal }) => get<VillagesView>('/api/villages', signal),
    refetchInterval: renewMs,
    refetchIntervalInBackground: true,
  });
  const { data, dataUpdatedAt, errorUpdatedAt, isPending } = query;
  return useMemo(() => {
    const nowMs = Math.max(dataUpdatedAt, errorUpdatedAt);
    const isLost = data !== undefined && nowMs - dataUpdatedAt > patienceMs;
    const doubt = doubtFrom(data, isLost);
    const list = (data?.villages ?? []).map((village) => ({
      ...village,
      ...shownStatus(village, doubt),
    }));
    return {
      list,
      byRegion: new Map(list.map((village) => [village.region, village])),
      doubt,
      health: data?.health ?? [],
      isLoading: isPending,
    };
  }, [data, dataUpdatedAt, errorUpdatedAt, isPending]);
}

function doubtFrom(data: VillagesView | undefined, isLost: boolean): Doubt {
  if (data === undefined) return { kind: 'none' };
  if (isLost) return { kind: 'link', since: data.at };
  return doubtOf({ pulseAtMs: 0, pulseAt: data.at }, data.health, 0);
}
