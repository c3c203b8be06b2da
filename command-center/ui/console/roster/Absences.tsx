import type { AbsenceView, RosterPersonView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { When } from '../parts/StatusWord.tsx';
import { AbsenceActs } from './AbsenceActs.tsx';
import { EnterAbsence } from './EnterAbsence.tsx';
import { RosterViews } from './RosterViews.tsx';
import { rosterKey } from './use-roster.ts';

interface Props {
  readonly scope: string;
  /** Of the village, to enter one; null = a wider region, where they are only seen and decided. */
  readonly people: readonly RosterPersonView[] | null;
}

const shows = ['open', 'all'] as const;

/** 外出: who is away and when, what waits for an approval, and what is still on them in those days. */
export function Absences({ scope, people }: Props): ReactElement {
  const { t } = useWords();
  const [show, setShow] = useState<(typeof shows)[number]>('open');
  const list = useList<AbsenceView>({
    key: [...rosterKey, 'absences'],
    url: `/api/absences?region=${scope}&show=${show}&purpose=roster-upkeep`,
    cursor: 'before',
  });
  return (
    <section aria-label={t('roster.view.absences')}>
      <p className="quiet page-lead">{t('absences.lead')}</p>
      {people !== null && <EnterAbsence region={scope} people={people} />}
      <RosterViews
        views={shows}
        view={show}
        word={(each) => t(`absences.show.${each}`)}
        onView={setShow}
      />
      <ListTable<AbsenceView>
        list={list}
        rowKey={({ absenceId }) => absenceId}
        columns={useColumns()}
        empty={{ title: t('absences.none'), whatToDo: t('absences.noneWhat') }}
      />
    </section>
  );
}

function useColumns(): TableColumnsType<AbsenceView> {
  const { t } = useWords();
  return [
    { title: t('roster.what'), key: 'what', render: (_, absence) => <What absence={absence} /> },
    {
      title: t('absences.record'),
      key: 'words',
      responsive: ['md'],
      render: (_, absence) => <Words absence={absence} />,
    },
    {
      title: t('roster.state.label'),
      key: 'state',
      render: (_, absence) => (
        <>
          <AbsenceActs absence={absence} />
          <div className="change-words-below">
            <Words absence={absence} />
          </div>
        </>
      ),
    },
  ];
}

function What({ absence }: { readonly absence: AbsenceView }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { person, from, to, region, state, shiftsHeld } = absence;
  const isOpen = state === 'asked' || state === 'approved';
  return (
    <span className="village-cell">
      <strong>{person.name}</strong>
      <span>
        <span className="when">{from}</span>
        {from !== to && (
          <>
            {' – '}
            <span className="when">{to}</span>
          </>
        )}
      </span>
      {isOpen && (
        <span className={shiftsHeld > 0 ? 'double' : 'quiet'}>
          {shiftsHeld > 0 ? `⊘ ${t('absences.held', { count: shiftsHeld })}` : t('absences.free')}
        </span>
      )}
      <Link href={`/roster/${region}/${from}`}>{placeName(regions, region)}</Link>
    </span>
  );
}

/** Who said it and who decided, each with when. */
function Words({ absence }: { readonly absence: AbsenceView }): ReactElement {
  const { t } = useWords();
  const { saidBy, saidAt, terminalId, decidedBy, decidedAt, withdrawnBy, withdrawnAt } = absence;
  const wasRefused = absence.state === 'refused';
  return (
    <span className="village-cell">
      <span>
        {terminalId === null
          ? t('absences.by', { login: saidBy ?? '—' })
          : t('absences.atTerminal')}{' '}
        <When at={saidAt} />
      </span>
      {terminalId !== null && decidedAt !== null && (
        <span>
          {t(wasRefused ? 'absences.refusedBy' : 'absences.decidedBy', { login: decidedBy ?? '—' })}{' '}
          <When at={decidedAt} />
        </span>
      )}
      {withdrawnAt !== null && (
        <span className="quiet">
          {t('absences.withdrawnBy', { login: withdrawnBy ?? '—' })} <When at={withdrawnAt} />
        </span>
      )}
    </span>
  );
}
