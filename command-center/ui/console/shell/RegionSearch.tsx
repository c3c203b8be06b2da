import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { placeName, useRegions } from '../api/use-regions.ts';
import { SearchBox } from '../parts/SearchBox.tsx';

/** Finds a region by name, pinyin, initials or code. */
export function RegionSearch({
  onChosen,
}: {
  readonly onChosen: (code: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  return (
    <SearchBox
      list={regions.list}
      labelOf={({ code }) => placeName(regions, code)}
      hint={t('tree.search')}
      none={t('tree.none')}
      onChosen={({ code }) => onChosen(code)}
    />
  );
}
