import type { CorrectionView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { When } from '../parts/StatusWord.tsx';
import { dutyIdOf } from './duty-id.ts';

interface Props {
  readonly scope: string;
  readonly chosen: string | null;
  readonly onOpen: (dutyId: string) => void;
}

/** 待办申诉: the cases that wait for somebody, the longest waiting first, of any period. */
export function OpenCases({ scope, chosen, onOpen }: Props): ReactElement {
  const { t } = useWords();
  const list = useList<CorrectionView>({
    key: ['corrections', 'open'],
    url: `/api/corrections?region=${scope}&show=open&purpose=duty-watch`,
    cursor: 'after',
  });
  const idOf = ({ region, duty }: CorrectionView) => dutyIdOf({ region, ...duty });
  return (
    <ListTable<CorrectionView>
      list={list}
      rowKey={idOf}
      columns={useColumns()}
      empty={{ title: t('corrections.noneOpen'), whatToDo: t('corrections.noneOpenWhat') }}
      selected={chosen}
      onOpen={(view) => onOpen(idOf(view))}
    />
  );
}

function useColumns(): TableColumnsType<CorrectionView> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('dutyLedger.day'),
      key: 'day',
      render: (_, { duty }) => (
        <span className="village-cell">
          <span className="when">{duty.day}</span>
          <span className="quiet">
            {t(`dutyLedger.span.${duty.span}`)} · {t(`dutyLedger.post.${duty.post}`)}
          </span>
        </span>
      ),
    },
    {
      title: t('dutyLedger.who'),
      key: 'who',
      render: (_, { name, region }) => (
        <span className="village-cell">
          <strong>{name ?? t('dutyLedger.unnamed')}</strong>
          <span className="quiet">{placeName(regions, region)}</span>
        </span>
      ),
    },
    {
      title: t('corrections.said'),
      key: 'said',
      render: (_, { appeal, proposal, state, found }) => {
        const step = appeal ?? proposal;
        return (
          <span className="village-cell">
            <span>
              {t(`corrections.state.${state}`)}
              {found === null && <span className="tag">{t('corrections.waiting')}</span>}
            </span>
            {step !== null && (
              <span className="quiet">
                {t(`appeal.reason.${step.reason}`)} · <When at={step.at} />
              </span>
            )}
          </span>
        );
      },
    },
    {
      title: t('dutyLedger.finding'),
      key: 'finding',
      responsive: ['md'],
      render: (_, { found }) => (found === null ? '–' : t(`dutyLedger.verdict.${found}`)),
    },
  ];
}
