import type { ShiftChangeView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { DutyWord } from '../reminders/DutyWord.tsx';
import { RosterViews } from './RosterViews.tsx';
import { ShiftChangeActs } from './ShiftChangeActs.tsx';
import { ShiftChangeWords } from './ShiftChangeWords.tsx';
import { rosterKey } from './use-roster.ts';

const shows = ['open', 'all'] as const;

/** 换班、请假、顶班: who gave their word, and what waits for an approval. */
export function ShiftChanges({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useWords();
  const [show, setShow] = useState<(typeof shows)[number]>('open');
  const list = useList<ShiftChangeView>({
    key: [...rosterKey, 'changes'],
    url: `/api/shift-changes?region=${scope}&show=${show}&purpose=roster-upkeep`,
    cursor: 'before',
  });
  return (
    <section aria-label={t('roster.view.changes')}>
      <p className="quiet page-lead">{t('roster.changesLead')}</p>
      <RosterViews
        views={shows}
        view={show}
        word={(each) => t(`roster.show.${each}`)}
        onView={setShow}
      />
      <ListTable<ShiftChangeView>
        list={list}
        rowKey={({ changeId }) => changeId}
        columns={useColumns()}
        empty={{ title: t('roster.noChanges'), whatToDo: t('roster.noChangesWhat') }}
      />
    </section>
  );
}

function useColumns(): TableColumnsType<ShiftChangeView> {
  const { t } = useWords();
  return [
    {
      title: t('roster.what'),
      key: 'what',
      render: (_, change) => <What change={change} />,
    },
    {
      title: t('roster.words'),
      key: 'words',
      responsive: ['md'],
      render: (_, change) => <ShiftChangeWords change={change} />,
    },
    {
      title: t('roster.state.label'),
      key: 'state',
      render: (_, change) => (
        <>
          <ShiftChangeActs change={change} />
          <div className="change-words-below">
            <ShiftChangeWords change={change} />
          </div>
        </>
      ),
    },
  ];
}

function What({ change }: { readonly change: ShiftChangeView }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { kind, region, person, other, duty, otherDuty } = change;
  return (
    <span className="village-cell">
      <strong>
        {t(`roster.kind.${kind}`)} · {person.name} {kind === 'swap' ? '⇄' : '→'} {other.name}
      </strong>
      <DutyWord duty={duty} />
      {otherDuty !== null && (
        <span>
          ⇄ <DutyWord duty={otherDuty} />
        </span>
      )}
      <Link href={`/roster/${region}/${duty.day}`}>{placeName(regions, region)}</Link>
    </span>
  );
}
