import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegionOptions, type RegionOption } from './use-region-options.ts';

interface Props {
  readonly value: readonly string[];
  readonly onChange: (regions: readonly string[]) => void;
  readonly most: number;
}

/** Several regions of this account's, found by name, pinyin or code. */
export function RegionsSelect({ value, onChange, most }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Select<string[], RegionOption>
      className="region-select is-several"
      mode="multiple"
      maxCount={most}
      value={[...value]}
      onChange={onChange}
      aria-label={t('tree.label')}
      placeholder={t('meetings.call.where')}
      {...useRegionOptions()}
    />
  );
}
