import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegionOptions } from './use-region-options.ts';

interface Props {
  readonly value: string;
  readonly onChange: (region: string) => void;
}

/** One region of this account's, found by name, pinyin or code. */
export function RegionSelect({ value, onChange }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Select
      className="region-select"
      value={value}
      onChange={onChange}
      aria-label={t('tree.label')}
      {...useRegionOptions()}
    />
  );
}
