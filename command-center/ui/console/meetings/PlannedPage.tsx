import type { MeetingView, Seat } from '@sightline/contracts';
import { formatSinceInstant, useNow, useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { useSlices } from '../api/use-slices.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { MediaNotice } from './MediaNotice.tsx';
import { MeetingHead } from './MeetingHead.tsx';
import { EndButton } from './EndButton.tsx';
import { useRoom } from './use-room.ts';

interface Props {
  readonly view: MeetingView;
  readonly scope: string;
  readonly onClose: () => void;
}

/** 已预约: when it begins by itself, and whom it will ring. */
export function PlannedPage({ view, scope, onClose }: Props): ReactElement {
  const { t, language } = useWords();
  const room = useRoom({ view, scope, heard: null });
  const now = useNow();
  const starts = Temporal.Instant.from(view.startsAt);
  const invited = view.seatsOf.filter(({ seatId }) => seatId !== view.control.chair);
  const list = useSlices(invited, { key: view.meetingId, isLoading: false, problem: null });
  useKeys({ Escape: onClose });
  return (
    <article>
      <MeetingHead view={view} onClose={onClose} acts={<EndButton room={room} />} />
      <p className="planned-when">
        {t('meetings.startsIn', { length: formatSinceInstant(now, starts, language) })}
      </p>
      <MediaNotice media={view.media} />
      <ListTable<Seat>
        list={list}
        rowKey={({ seatId }) => seatId}
        columns={useColumns()}
        empty={{ title: t('meetings.noVenue'), whatToDo: t('meetings.noVenueWhat') }}
      />
    </article>
  );
}

function useColumns(): TableColumnsType<Seat> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('meetings.venueName'),
      key: 'venue',
      render: (_, { region }) => placeName(regions, region),
    },
    {
      title: t('meetings.roleOf'),
      key: 'role',
      render: (_, { role }) => t(`meetings.role.${role}`),
    },
  ];
}
