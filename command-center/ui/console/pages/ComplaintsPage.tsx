import type { ComplaintLine } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ComplaintDetail } from '../complaints/ComplaintDetail.tsx';
import { StateWord } from '../complaints/StateWord.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { When } from '../parts/StatusWord.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

type Shown = 'open' | 'all';

/** 意见与投诉: what waits for an answer, the longest waiting first; a chosen one beside the list. */
export function ComplaintsPage({ region, chosen }: PlaceProps): ReactElement {
  const { t } = useWords();
  const scope = useRegion(region);
  const regions = useRegions();
  const [, goTo] = useLocation();
  const [show, setShow] = useState<Shown>('open');
  const query = `region=${scope}&show=${show}&purpose=complaint`;
  const list = useList<ComplaintLine>({
    key: ['complaints', 'list'],
    url: `/api/complaints?${query}`,
    cursor: 'before',
  });
  return (
    <Workplace
      page="complaints"
      region={scope}
      aside={
        chosen === undefined ? null : (
          <ComplaintDetail complaintId={chosen} onClose={() => goTo(`/complaints/${scope}`)} />
        )
      }
    >
      <PageHead
        title={placeName(regions, scope)}
        of={t('complaints.title')}
        acts={<ExportButton list="complaints" query={query} isPersonal />}
      />
      <p className="quiet page-lead">{t('complaints.lead')}</p>
      <div className="filter">
        {(['open', 'all'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={show === each}
            onClick={() => setShow(each)}
          >
            {t(each === 'open' ? 'complaints.waiting' : 'complaints.all')}
          </button>
        ))}
      </div>
      <ListTable<ComplaintLine>
        list={list}
        rowKey={({ complaintId }) => complaintId}
        columns={useColumns()}
        empty={{
          title: t(show === 'open' ? 'complaints.none' : 'complaints.noneAll'),
          whatToDo: t('complaints.noneWhat'),
        }}
        selected={chosen ?? null}
        onOpen={({ complaintId }) => goTo(`/complaints/${scope}/${complaintId}`)}
      />
    </Workplace>
  );
}

function useColumns(): TableColumnsType<ComplaintLine> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('complaints.what'),
      key: 'what',
      render: (_, { kind, sentences, hasText }) => (
        <span className="village-cell">
          <strong>{t(`complaint.kind.${kind}`)}</strong>
          <span>
            {[
              ...sentences.map((sentence) => t(`complaint.sentence.${sentence}`)),
              ...(hasText ? [t('complaints.hasText')] : []),
            ].join(' · ')}
          </span>
        </span>
      ),
    },
    {
      title: t('complaints.place'),
      key: 'place',
      responsive: ['md'],
      render: (_, { region, origin, raisedAt }) => (
        <span className="village-cell">
          <span>{placeName(regions, region)}</span>
          <span className="quiet">
            {t(`complaints.origin.${origin}`)} · <When at={raisedAt} />
          </span>
        </span>
      ),
    },
    {
      title: t('complaints.state'),
      key: 'state',
      render: (_, { state, dueAt }) => <StateWord state={state} dueAt={dueAt} />,
    },
  ];
}
