import type { ReachabilityLine } from '@sightline/contracts';
import { dateAt, EmptyState, useNow, useWords } from '@sightline/look';
import { Segmented, Table, type TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useSpellLength } from './spell-length.ts';
import { useReachability } from './use-checks.ts';

const periods = [7, 30, 90] as const;

/** 可达时长 by region in the order of their codes, and how fast the upper levels answer villages. */
export function ReachabilitySection({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useWords();
  const spell = useSpellLength();
  const [days, setDays] = useState<number>(30);
  const today = dateAt(useNow(60_000));
  const from = today.subtract({ days: days - 1 }).toString();
  const { data, error } = useReachability(scope, from);
  const columns = useColumns();
  const whole = data?.whole;
  const rows = whole === undefined || whole.rings === 0 ? [] : [whole, ...(data?.below ?? [])];
  return (
    <section className="reachability" aria-label={t('checks.reachability')}>
      <header className="page-head">
        <h2>{t('checks.reachability')}</h2>
        <Segmented<number>
          value={days}
          onChange={setDays}
          options={periods.map((value) => ({ value, label: t('checks.days', { count: value }) }))}
        />
      </header>
      <p className="quiet page-lead">{t('checks.reachabilityLead')}</p>
      <ProblemLine problem={error} />
      <Table<ReachabilityLine>
        size="middle"
        rowKey={({ region }) => region}
        columns={columns}
        dataSource={rows}
        pagination={false}
        rowClassName={({ region }) => (region === scope ? 'is-whole' : '')}
        locale={{
          emptyText: <EmptyState title={t('checks.noRings')} whatToDo={t('checks.noRingsWhat')} />,
        }}
      />
      <h2>{t('checks.reciprocal')}</h2>
      <p className="quiet page-lead">{t('checks.reciprocalLead')}</p>
      <dl className="reciprocal">
        {(['call-back', 'complaint', 'complaint-answer', 'ladder'] as const).map((of) => {
          const line = data?.reciprocal.find((each) => each.of === of);
          return (
            <div key={of}>
              <dt>{t(`checks.asked.${of}`)}</dt>
              <dd>
                {line === undefined
                  ? t('checks.nobodyAsked')
                  : t('checks.askedFigures', {
                      answered: line.answered,
                      asked: line.asked,
                      p50: spell(line.p50Ms),
                      p95: spell(line.p95Ms),
                    })}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function useColumns(): TableColumnsType<ReachabilityLine> {
  const { t } = useWords();
  const regions = useRegions();
  const spell = useSpellLength();
  return [
    {
      title: t('checks.region'),
      key: 'region',
      render: (_, { region }) => placeName(regions, region),
    },
    {
      title: t('checks.answeredOf'),
      key: 'answered',
      align: 'right',
      render: (_, { answered, rings }) => `${answered} / ${rings}`,
    },
    { title: t('checks.p50'), key: 'p50', align: 'right', render: (_, { p50Ms }) => spell(p50Ms) },
    { title: t('checks.p95'), key: 'p95', align: 'right', render: (_, { p95Ms }) => spell(p95Ms) },
  ];
}
