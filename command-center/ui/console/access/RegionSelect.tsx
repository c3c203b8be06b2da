import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { findRegions } from '../shell/find-regions.ts';

interface Props {
  readonly value: string;
  readonly onChange: (region: string) => void;
}

/** One region of this account's, found by name, pinyin or code. */
export function RegionSelect({ value, onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const regions = useRegions();
  const own = regions.list.filter(({ code }) => code.startsWith(me.region));
  const ranked = (typed: string) => new Set(findRegions(own, typed).map(({ code }) => code));
  return (
    <Select
      className="region-select"
      value={value}
      onChange={onChange}
      aria-label={t('tree.label')}
      showSearch={{
        filterOption: (typed, option) =>
          typed === '' || (option !== undefined && ranked(typed).has(option.value)),
      }}
      options={own.map(({ code }) => ({ value: code, label: placeName(regions, code) }))}
    />
  );
}
