import type { CheckInView } from '@sightline/contracts';
import { EmptyState, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useList } from '../api/use-list.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';

interface Props {
  readonly region: string;
  /** Of the village's newest check-in: when it changes, the list is read again (and audited). */
  readonly newestAt: string | null;
}

/** 最近签到 by name. */
export function CheckInSection({ region, newestAt }: Props): ReactElement {
  const { t } = useWords();
  const list = useList<CheckInView>({
    key: ['check-ins', newestAt ?? ''],
    url: `/api/villages/${region}/check-ins?purpose=duty-watch`,
    cursor: 'before',
  });
  return (
    <section className="section" aria-label={t('checkIns.title')}>
      <header className="section-head">
        <h3>{t('checkIns.title')}</h3>
        {list.items.length > 0 && (
          <ExportButton
            list={`villages/${region}/check-ins`}
            query="purpose=duty-watch"
            isPersonal
            hasKey={false}
          />
        )}
      </header>
      <ProblemLine problem={list.problem} />
      {!list.isLoading && list.items.length === 0 && list.problem === null && (
        <EmptyState title={t('checkIns.none')} whatToDo={t('checkIns.noneWhat')} />
      )}
      <ul className="check-ins">
        {list.items.map((item) => (
          <li key={item.id}>
            <strong>{item.name ?? t('checkIns.unknownPerson')}</strong>
            <span className="quiet">{t(`method.${item.method}`)}</span>
            {item.witness !== null && (
              <span className="quiet">{t('checkIns.witness', { name: item.witness })}</span>
            )}
            {item.sampleCamera && <span className="tag">{t('sampleCamera.one')}</span>}
            <span className="quiet">{t(`shift.${item.shift.split('/')[1] ?? 'day'}`)}</span>
            {!item.certain && <span className="warn">{t('checkIns.uncertain')}</span>}
            <When at={item.at} />
            {item.leftAt !== null && (
              <span className="quiet">
                → {t('checkIns.out')} <When at={item.leftAt} />
                {item.leftMethod !== null && ` ${t(`method.${item.leftMethod}`)}`}
                {item.leftCertain === false && ` ${t('checkIns.uncertain')}`}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Pager {...list} />
    </section>
  );
}
