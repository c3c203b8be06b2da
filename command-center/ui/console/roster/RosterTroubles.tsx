import type { RosterTroubleView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useList } from '../api/use-list.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { faultMarks } from './fault-marks.ts';
import { useAssign } from './use-assign.ts';
import { rosterKey } from './use-roster.ts';

/** 空岗与冲突 of the next 30 days, each with somebody who could stand there. */
export function RosterTroubles({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useWords();
  const list = useList<RosterTroubleView>({
    key: [...rosterKey, 'troubles'],
    url: `/api/roster-troubles?region=${scope}&purpose=roster-upkeep`,
    cursor: 'after',
  });
  return (
    <section aria-label={t('roster.view.troubles')}>
      <p className="quiet page-lead">{t('roster.troublesLead')}</p>
      <ListTable<RosterTroubleView>
        list={list}
        rowKey={({ region, post, shift, kind }) => `${region} ${post} ${shift} ${kind}`}
        columns={useColumns()}
        empty={{ title: t('roster.noTroubles'), whatToDo: t('roster.noTroublesWhat') }}
      />
    </section>
  );
}

function useColumns(): TableColumnsType<RosterTroubleView> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('roster.when'),
      key: 'when',
      render: (_, { shift, post, region }) => {
        const [day = '', name = 'day'] = shift.split('/');
        return (
          <span className="village-cell">
            <Link href={`/roster/${region}/${day}`}>
              {day} {t(`reminders.span.${name}`)} {t(`reminders.post.${post}`)}
            </Link>
            <span className="quiet">{placeName(regions, region)}</span>
          </span>
        );
      },
    },
    {
      title: t('roster.what'),
      key: 'what',
      render: (_, { kind, person }) => (
        <span className="village-cell">
          <span className={kind === 'gap' ? 'warn' : 'double'}>
            {faultMarks[kind]} {t(`roster.fault.${kind}`)}
          </span>
          {person !== null && <span>{person.name}</span>}
        </span>
      ),
    },
    {
      title: t('roster.proposed'),
      key: 'proposed',
      render: (_, trouble) => <Proposal trouble={trouble} />,
    },
  ];
}

function Proposal({ trouble }: { readonly trouble: RosterTroubleView }): ReactElement {
  const { t } = useWords();
  const may = useMay('change-roster');
  const assign = useAssign();
  const { proposed } = trouble;
  if (proposed === null) return <span className="quiet">{t('roster.nobodyFree')}</span>;
  return (
    <div className="change-acts">
      <ActButton
        reason={may ? null : t('reason.role')}
        isRunning={assign.isRunning}
        onClick={() => assign.run(trouble, proposed.personId)}
      >
        {t('roster.assign', { name: proposed.name })}
      </ActButton>
      <ProblemLine problem={assign.problem} />
    </div>
  );
}
