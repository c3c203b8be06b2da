import type { SpotCheckLine } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useList } from '../api/use-list.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { When } from '../parts/StatusWord.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useKeys } from '../shell/use-keys.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';
import { CheckDetail } from '../spot-checks/CheckDetail.tsx';
import { OrderDialog } from '../spot-checks/OrderDialog.tsx';
import { ReachabilitySection } from '../spot-checks/ReachabilitySection.tsx';

/** 在岗抽查: order one, watch it live, and how fast villages are reached. */
export function SpotChecksPage({ region, chosen }: PlaceProps): ReactElement {
  const scope = useRegion(region);
  const [, goTo] = useLocation();
  return (
    <Workplace page="checks" region={scope}>
      {chosen === undefined ? (
        <Checks scope={scope} />
      ) : (
        <CheckDetail
          key={chosen}
          checkId={chosen}
          scope={scope}
          onClose={() => goTo(`/checks/${scope}`)}
        />
      )}
    </Workplace>
  );
}

function Checks({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const [isOrdering, setOrdering] = useState(false);
  const mayNot = useMay('order-spot-check') ? null : t('checks.mayNot');
  const list = useList<SpotCheckLine>({
    key: ['spot-checks', 'list'],
    url: `/api/spot-checks?region=${scope}&purpose=duty-watch`,
    cursor: 'before',
  });
  useKeys({ n: () => (mayNot === null ? setOrdering(true) : undefined) });
  return (
    <>
      <PageHead
        title={placeName(regions, scope)}
        of={t('checks.title')}
        acts={
          <ActButton kind="main" reason={mayNot} onClick={() => setOrdering(true)}>
            {t('checks.order')}
          </ActButton>
        }
      />
      <p className="quiet page-lead">{t('checks.lead')}</p>
      <ListTable<SpotCheckLine>
        list={list}
        rowKey={({ checkId }) => checkId}
        columns={useColumns()}
        empty={{ title: t('checks.none'), whatToDo: t('checks.noneWhat') }}
        onOpen={({ checkId }) => goTo(`/checks/${scope}/${checkId}`)}
      />
      <ReachabilitySection scope={scope} />
      {isOrdering && (
        <OrderDialog
          region={scope}
          onClose={() => setOrdering(false)}
          onOrdered={(_, checkId) => goTo(`/checks/${scope}/${checkId}`)}
        />
      )}
    </>
  );
}

function useColumns(): TableColumnsType<SpotCheckLine> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('checks.why'),
      key: 'why',
      render: (_, { reason, note }) => (
        <span className="village-cell">
          <strong>{t(`checks.reason.${reason}`)}</strong>
          {note !== '' && <span>{note}</span>}
        </span>
      ),
    },
    {
      title: t('checks.where'),
      key: 'where',
      responsive: ['md'],
      render: (_, { region, by, orderedAt }) => (
        <span className="village-cell">
          <span>{placeName(regions, region)}</span>
          <span className="quiet">
            {by} · <When at={orderedAt} />
          </span>
        </span>
      ),
    },
    {
      title: t('checks.result'),
      key: 'result',
      render: (_, line) => (
        <span className="village-cell">
          <span>{t('checks.answeredFigures', { answered: line.answered, rung: line.rung })}</span>
          {line.withdrawnAt !== null && <span className="quiet">{t('checks.withdrawn')}</span>}
          {line.callsWaiting > 0 && (
            <span>{t('checks.beside.callsWaiting', { count: line.callsWaiting })}</span>
          )}
        </span>
      ),
    },
  ];
}
