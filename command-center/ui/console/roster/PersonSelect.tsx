import type { RosterPersonView } from '@sightline/contracts';
import { useId, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly people: readonly RosterPersonView[];
  readonly value: string | null;
  /** Seen before it. */
  readonly word: string;
  /** Heard: which post and shift it is for. */
  readonly label: string;
  /** Of nobody. */
  readonly none: string;
  readonly isOff?: boolean;
  /** Not to be chosen. */
  readonly without?: string | null;
  /** Those who are away then: seen, and not to be chosen. */
  readonly away?: readonly string[];
  readonly onChange: (personId: string | null) => void;
}

/** A person of the village, or nobody; who left stays to be seen where they still stand. */
export function PersonSelect(props: Props): ReactElement {
  const {
    people,
    value,
    word,
    label,
    none,
    isOff = false,
    without = null,
    onChange,
    away = [],
  } = props;
  const { t } = useTranslation();
  const id = useId();
  const offered = people.filter(
    ({ personId, isActive }) => personId === value || (isActive && personId !== without),
  );
  return (
    <span className="person-select">
      <label htmlFor={id} className="quiet">
        {word}
      </label>
      <select
        id={id}
        aria-label={label}
        value={value ?? ''}
        disabled={isOff}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">{none}</option>
        {offered.map(({ personId, name, title, isActive }) => (
          <option
            key={personId}
            value={personId}
            disabled={away.includes(personId) && personId !== value}
          >
            {[
              name,
              title,
              isActive ? '' : t('roster.fault.left'),
              away.includes(personId) ? `⊘ ${t('absences.away')}` : '',
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </option>
        ))}
      </select>
    </span>
  );
}
