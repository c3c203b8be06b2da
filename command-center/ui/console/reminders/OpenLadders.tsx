import type { LadderView } from '@sightline/contracts';
import { formatTime } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { DutyWord } from './DutyWord.tsx';
import type { Ladders } from './use-ladders.ts';

interface Props {
  readonly ladders: Ladders;
  readonly scope: string;
  readonly chosen: string | null;
}

/** What waits now, the longest first. */
export function OpenLadders({ ladders, scope, chosen }: Props): ReactElement {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  return (
    <ListTable<LadderView>
      list={{
        items: ladders.data?.items ?? [],
        isLoading: ladders.isPending,
        problem: ladders.error,
        page: 1,
        forward: null,
        back: null,
      }}
      rowKey={({ subject }) => subject}
      columns={useColumns()}
      empty={{ title: t('reminders.none'), whatToDo: t('reminders.noneWhat') }}
      selected={chosen}
      onOpen={({ subject }) => goTo(`/reminders/${scope}/${subject}`)}
    />
  );
}

function useColumns(): TableColumnsType<LadderView> {
  const { t } = useTranslation();
  const regions = useRegions();
  return [
    {
      title: t('reminders.duty'),
      key: 'duty',
      render: (_, ladder) => (
        <span className="village-cell">
          <strong>{placeName(regions, ladder.region)}</strong>
          <DutyWord duty={ladder} />
        </span>
      ),
    },
    {
      title: t('reminders.cause'),
      key: 'cause',
      render: (_, { cause, holder }) => (
        <span className="village-cell">
          <span className="warn">▲ {t(`reminders.causes.${cause}`)}</span>
          <span className="quiet">{holder?.name ?? t('reminders.nobody')}</span>
        </span>
      ),
    },
    {
      title: t('reminders.told'),
      key: 'told',
      responsive: ['md'],
      render: (_, { steps, state, nextAt }) => (
        <span className="village-cell">
          <span>
            {steps.length === 0
              ? t('reminders.nobodyYet')
              : steps.map(({ rung }) => t(`reminders.rung.${rung}`)).join(' → ')}
          </span>
          <span className="quiet">
            {t(`reminders.state.${state}`)}
            {nextAt !== null && ` ${formatTime(Temporal.Instant.from(nextAt), 'minute')}`}
          </span>
        </span>
      ),
    },
  ];
}
