import type { CheckState, SpotCheckView, SpotCheckVillage } from '@sightline/contracts';
import { EmptyState, useWords } from '@sightline/look';
import { Table, type TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useSpellLength } from './spell-length.ts';

/** What needs somebody first; within a state by code, so that no list is a ranking. */
const order: readonly CheckState[] = [
  'call-asked',
  'not-delivered',
  'too-late',
  'delivered',
  'shown',
  'answered',
];
const rowsShown = 50;

interface Props {
  readonly villages: readonly SpotCheckVillage[];
  readonly view: SpotCheckView | undefined;
  readonly checkId: string;
}

/** The villages that were rung, by how far it came. */
export function CheckedVillages({ villages, view, checkId }: Props): ReactElement {
  const { t } = useWords();
  const [only, setOnly] = useState<CheckState | null>(null);
  const { columns, problem } = useColumns(checkId, view);
  const shown = villages
    .filter(({ state }) => only === null || state === only)
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <section aria-label={t('checks.villages')}>
      <div className="filter">
        <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
          {t('checks.all')} <b>{villages.length}</b>
        </button>
        {order.map((state) => {
          const count = villages.filter((village) => village.state === state).length;
          if (count === 0 && only !== state) return null;
          return (
            <button
              key={state}
              type="button"
              aria-pressed={only === state}
              onClick={() => setOnly(state)}
            >
              {t(`checks.state.${state}`)} <b>{count}</b>
            </button>
          );
        })}
      </div>
      <ProblemLine problem={problem} />
      <Table<SpotCheckVillage>
        size="middle"
        rowKey={({ region }) => region}
        columns={columns}
        dataSource={shown}
        pagination={
          shown.length > rowsShown ? { pageSize: rowsShown, showSizeChanger: false } : false
        }
        locale={{
          emptyText: (
            <EmptyState title={t('checks.noVillage')} whatToDo={t('checks.noVillageWhat')} />
          ),
        }}
      />
    </section>
  );
}

function useColumns(checkId: string, view: SpotCheckView | undefined) {
  const { t } = useWords();
  const regions = useRegions();
  const spell = useSpellLength();
  const mayCall = useMay('order-spot-check') ? null : t('checks.mayNot');
  const call = useCommand<object>([['spot-checks', 'progress', checkId]]);
  const url = `/api/spot-checks/${checkId}/call-back`;
  const note = (region: string, reached: boolean) =>
    void call.run({ method: 'POST', url, body: { region, reached } });
  const names = new Map(view?.answers.map(({ region, name }) => [region, name]));
  const columns: TableColumnsType<SpotCheckVillage> = [
    {
      title: t('checks.village'),
      key: 'village',
      render: (_, { region }) => placeName(regions, region),
    },
    {
      title: t('checks.how'),
      key: 'state',
      render: (_, village) => (
        <span className="village-cell">
          <span className={`check-state check-state-${village.state}`}>
            {t(`checks.state.${village.state}`)}
          </span>
          <span className="quiet">
            <Since village={village} />
            {village.state === 'answered' && village.method !== null && (
              <>
                {' · '}
                {t(`checks.method.${village.method}`)}
                {names.has(village.region) && ` · ${names.get(village.region) ?? ''}`}
              </>
            )}
          </span>
        </span>
      ),
    },
    {
      title: t('checks.took'),
      key: 'took',
      render: (_, { reachMs, callAskedAt, state, region, calledBackAt }) =>
        state === 'call-asked' && callAskedAt !== null ? (
          <span className="check-call">
            <ActButton
              reason={mayCall}
              isRunning={call.isRunning}
              onClick={() => note(region, true)}
            >
              {t('checks.reached')}
            </ActButton>
            <ActButton
              kind="text"
              reason={mayCall}
              isRunning={call.isRunning}
              onClick={() => note(region, false)}
            >
              {t(calledBackAt === null ? 'checks.notReached' : 'checks.notReachedAgain')}
            </ActButton>
          </span>
        ) : reachMs === null ? (
          ''
        ) : (
          spell(reachMs)
        ),
    },
  ];
  return { columns, problem: call.problem };
}

/** The moment its state speaks of. */
function Since({ village }: { readonly village: SpotCheckVillage }): ReactElement | null {
  const { t } = useWords();
  const { state, deliveredAt, shownAt, answeredAt, cameTooLateAt, callAskedAt } = village;
  const at = {
    'not-delivered': null,
    'too-late': cameTooLateAt,
    delivered: deliveredAt,
    shown: shownAt,
    'call-asked': callAskedAt,
    answered: answeredAt ?? callAskedAt,
  }[state];
  return (
    <>
      {at !== null && <When at={at} />}
      {village.answeredLateAt !== null && (
        <>
          {' '}
          {t('checks.lateAnswer')} <When at={village.answeredLateAt} />
        </>
      )}
    </>
  );
}
