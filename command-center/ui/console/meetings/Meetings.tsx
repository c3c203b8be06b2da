import type { MeetingLine } from '@sightline/contracts';
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
import { useKeys } from '../shell/use-keys.ts';
import { CallDialog } from './CallDialog.tsx';
import { MediaNotice } from './MediaNotice.tsx';
import { meetingsKey, useMeetingPlan } from './use-meetings.ts';

const renewMs = 5_000;

/** The meetings of a region: planned and open first, then the past. */
export function Meetings({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const [isCalling, setCalling] = useState(false);
  const mayHold = useMay('hold-meetings');
  const mayNot = mayHold ? null : t('meetings.mayNot');
  const list = useList<MeetingLine>({
    key: [...meetingsKey, 'list'],
    url: `/api/meetings?region=${scope}`,
    cursor: 'before',
    renewMs,
  });
  const plan = useMeetingPlan(scope, mayHold ? [scope] : [], false);
  useKeys({ n: () => (mayNot === null ? setCalling(true) : undefined) });
  return (
    <>
      <PageHead
        title={placeName(regions, scope)}
        of={t('meetings.title')}
        acts={
          <ActButton kind="main" reason={mayNot} onClick={() => setCalling(true)}>
            {t('meetings.call.title')}
          </ActButton>
        }
      />
      <p className="quiet page-lead">{t('meetings.lead')}</p>
      {plan.data !== undefined && <MediaNotice media={plan.data.media} />}
      <ListTable<MeetingLine>
        list={list}
        rowKey={({ meetingId }) => meetingId}
        columns={useColumns()}
        empty={{ title: t('meetings.none'), whatToDo: t('meetings.noneWhat') }}
        onOpen={({ meetingId }) => goTo(`/meetings/${scope}/${meetingId}`)}
      />
      {isCalling && (
        <CallDialog
          region={scope}
          onClose={() => setCalling(false)}
          onCalled={(region, meetingId) => goTo(`/meetings/${region}/${meetingId}`)}
        />
      )}
    </>
  );
}

function useColumns(): TableColumnsType<MeetingLine> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('meetings.what'),
      key: 'what',
      render: (_, { title, kind, region, isRecorded }) => (
        <span className="village-cell">
          <strong className="break">{title === '' ? t('meetings.titleErased') : title}</strong>
          <span className="quiet">
            {t(`meetings.kind.${kind}`)} · {placeName(regions, region)}
            {isRecorded && ` · ${t('meetings.recorded')}`}
          </span>
        </span>
      ),
    },
    {
      title: t('meetings.when'),
      key: 'when',
      responsive: ['md'],
      render: (_, { startsAt, endedAt, by }) => (
        <span className="village-cell">
          <span>
            <When at={startsAt} />
            {endedAt !== null && (
              <>
                {' – '}
                <When at={endedAt} />
              </>
            )}
          </span>
          <span className="quiet">{t('meetings.chairedBy', { login: by })}</span>
        </span>
      ),
    },
    {
      title: t('meetings.state'),
      key: 'state',
      render: (_, line) => (
        <span className="village-cell">
          <span className={`meeting-phase meeting-phase-${line.phase}`}>
            {t(`meetings.phase.${line.phase}`)}
          </span>
          <span className="quiet">
            {t(line.phase === 'open' ? 'meetings.figures' : 'meetings.figuresOver', {
              seats: line.seats,
              accepted: line.accepted,
              inRoom: line.inRoom,
            })}
          </span>
        </span>
      ),
    },
  ];
}
