import type { CompositionPart, CompositionView } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const parts = ['age', 'sex', 'education', 'standing'] as const;
type Part = (typeof parts)[number];

/** 构成: how the members of a place are made up, as small bars with their figures. */
export function Composition({ of }: { readonly of: CompositionView }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="composition" aria-label={t('composition.title')}>
      {parts.map((part) => (
        <Bars key={part} part={part} rows={of[part]} />
      ))}
    </section>
  );
}

interface BarsProps {
  readonly part: Part;
  readonly rows: readonly CompositionPart[];
}

function Bars({ part, rows }: BarsProps): ReactElement {
  const { t } = useTranslation();
  const most = Math.max(1, ...rows.map(({ count }) => count ?? 0));
  return (
    <div className="bars">
      <h3>{t(`composition.${part}`)}</h3>
      <dl>
        {rows.map(({ key, count }) => (
          <div key={key}>
            <dt>{t(`composition.of.${key}`, { defaultValue: key })}</dt>
            <dd>
              <span className="bar-room" aria-hidden="true">
                <span className="bar" style={{ width: `${(100 * (count ?? 0)) / most}%` }} />
              </span>
              <span className={count === null ? 'quiet' : undefined}>
                {count === null ? t('composition.few') : count.toLocaleString('en')}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
