import { Button, Input, Select } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { auditActs, auditPurposes } from '#domain/audit-acts.ts';
import { RegionSelect } from '../access/RegionSelect.tsx';
import { useMe } from '../api/use-me.ts';
import { filterFields, type AuditFilter, type FilterField } from './use-audit-filter.ts';

interface Props {
  readonly filter: AuditFilter;
  readonly onSet: (field: FilterField, value: string) => void;
}

/** Narrows the audit by who, what, why, where and when. */
export function AuditFilterForm({ filter, onSet }: Props): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <div className="form-row is-filter" role="group" aria-label={t('audit.filter')}>
      <WhoField value={filter.who ?? ''} onSet={(who) => onSet('who', who)} />
      <WordSelect
        field="what"
        {...{ filter, onSet }}
        options={auditActs.map((value) => ({
          value,
          label: t(`audit.act.${value.replaceAll('.', '-')}`),
        }))}
      />
      <WordSelect
        field="purpose"
        {...{ filter, onSet }}
        options={auditPurposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
      />
      <RegionSelect
        value={filter.region ?? me.region}
        onChange={(region) => onSet('region', region === me.region ? '' : region)}
      />
      <DayField field="from" filter={filter} onSet={onSet} />
      <DayField field="to" filter={filter} onSet={onSet} />
      {isNarrowed && (
        <Button onClick={() => filterFields.forEach((field) => onSet(field, ''))}>
          {t('audit.all')}
        </Button>
      )}
    </div>
  );
}

/** A login; asked for when it is whole, not at each letter. */
function WhoField({
  value,
  onSet,
}: {
  readonly value: string;
  readonly onSet: (who: string) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  return (
    <Input
      value={typed}
      allowClear
      maxLength={64}
      placeholder={t('audit.byLogin')}
      aria-label={t('audit.byLogin')}
      onChange={(event) => {
        setTyped(event.target.value);
        if (event.target.value === '') onSet('');
      }}
      onPressEnter={() => onSet(typed.trim().toLowerCase())}
      onBlur={() => onSet(typed.trim().toLowerCase())}
    />
  );
}

interface WordProps extends Props {
  readonly field: 'what' | 'purpose';
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function WordSelect({ field, filter, onSet, options }: WordProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Select<string>
      className="word-select"
      value={filter[field] ?? null}
      allowClear
      placeholder={t(`audit.by.${field}`)}
      aria-label={t(`audit.by.${field}`)}
      // Cleared, it hands over nothing.
      onChange={(value: string | undefined) => onSet(field, value ?? '')}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...options]}
    />
  );
}

function DayField({ field, filter, onSet }: Props & { readonly field: 'from' | 'to' }) {
  const { t } = useTranslation();
  return (
    <label className="day-field">
      <span>{t(`audit.by.${field}`)}</span>
      <input
        type="date"
        value={filter[field] ?? ''}
        onChange={(event) => onSet(field, event.target.value)}
      />
    </label>
  );
}
