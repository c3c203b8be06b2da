import type { RegionView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from './call.ts';

export interface Regions {
  readonly list: readonly RegionView[];
  readonly byCode: ReadonlyMap<string, RegionView>;
  /** Children by parent code, in code order. */
  readonly children: ReadonlyMap<string, readonly RegionView[]>;
}

const parentLengths: Readonly<Record<number, number>> = { 6: 4, 9: 6, 12: 9 };

/** The code one level up; '' for a prefecture. */
export function parentOf(code: string): string {
  return code.slice(0, parentLengths[code.length] ?? 0);
}

/** The divisions of this account; they change only with the server. */
export function useRegions(): Regions {
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: ({ signal }) => get<readonly RegionView[]>('/api/regions', signal),
    staleTime: Infinity,
  });
  return useMemo(() => {
    const list = data ?? [];
    return {
      list,
      byCode: new Map(list.map((region) => [region.code, region])),
      children: Map.groupBy(list, (region) => parentOf(region.code)),
    };
  }, [data]);
}

/** Names from the county down: 聂拉木县 聂拉木镇 宗塔村; the prefecture by itself. */
export function placeName({ byCode }: Regions, code: string): string {
  const lengths = code.length <= 4 ? [4] : [6, 9, 12].filter((length) => length <= code.length);
  return lengths.map((length) => byCode.get(code.slice(0, length))?.name ?? '').join(' ');
}
