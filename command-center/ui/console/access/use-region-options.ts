import { useMe } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { findRegions } from '../shell/find-regions.ts';

export interface RegionOption {
  readonly value: string;
  readonly label: string;
}

/** The regions of this account for a field to choose from, found by name, pinyin or code. */
export function useRegionOptions() {
  const me = useMe();
  const regions = useRegions();
  const own = regions.list.filter(({ code }) => code.startsWith(me.region));
  const ranked = (typed: string) => new Set(findRegions(own, typed).map(({ code }) => code));
  return {
    showSearch: {
      filterOption: (typed: string, option?: RegionOption) =>
        typed === '' || (option !== undefined && ranked(typed).has(option.value)),
    },
    options: own.map(({ code }): RegionOption => ({
      value: code,
      label: placeName(regions, code),
    })),
  };
}
