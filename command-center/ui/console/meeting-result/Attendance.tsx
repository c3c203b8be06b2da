import { formatSince, useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { useSlices } from '../api/use-slices.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { When } from '../parts/StatusWord.tsx';
import { venueRows, type VenueRow } from '../meeting-room/venue-rows.ts';
import type { Room } from '../meetings/use-room.ts';

const filters = ['all', 'there', 'notThere', 'declined'] as const;
type Filter = (typeof filters)[number];

function isShown({ venue }: VenueRow, filter: Filter): boolean {
  const wasThere = venue !== null && venue.presentMs > 0;
  if (filter === 'there') return wasThere;
  if (filter === 'notThere') return !wasThere;
  return filter === 'all' || venue?.answer === 'declined';
}

/** 参会: how long packets flowed from each venue; a click proves nothing. By code: no list is a ranking. */
export function Attendance({ room }: { readonly room: Room }): ReactElement {
  const { t } = useWords();
  const [filter, setFilter] = useState<Filter>('all');
  const rows = venueRows(room, new Map()).toSorted((a, b) =>
    a.seat.region < b.seat.region ? -1 : 1,
  );
  const list = useSlices(room.isLoading ? [] : rows.filter((row) => isShown(row, filter)), {
    key: filter,
    isLoading: room.isLoading,
    problem: room.problem,
  });
  return (
    <>
      <div className="filter">
        {filters.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={filter === one}
            onClick={() => setFilter(one)}
          >
            {t(`room.attendance.${one}`)}{' '}
            {!room.isLoading && <b>{rows.filter((row) => isShown(row, one)).length}</b>}
          </button>
        ))}
      </div>
      <ListTable<VenueRow>
        list={list}
        rowKey={({ seat }) => seat.seatId}
        columns={useColumns()}
        empty={{ title: t('meetings.noVenue'), whatToDo: t('meetings.noVenueWhat') }}
      />
    </>
  );
}

function useColumns(): TableColumnsType<VenueRow> {
  const { t, language } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('meetings.venueName'),
      key: 'venue',
      render: (_, { seat }) => placeName(regions, seat.region),
    },
    {
      title: t('room.answer'),
      key: 'answer',
      render: (_, { venue }) => (
        <span className="village-cell">
          <span>
            {t(
              `room.answered.${venue?.answer ?? ((venue?.rungAt ?? null) === null ? 'notRung' : 'none')}`,
            )}
            {venue?.how === 'auto' && ` ${t('room.venue.auto')}`}
          </span>
          {venue !== null && venue.answeredAt !== null && (
            <span className="quiet">
              <When at={venue.answeredAt} />
            </span>
          )}
        </span>
      ),
    },
    {
      title: t('room.attendance.length'),
      key: 'length',
      render: (_, { venue }) =>
        venue === null || venue.presentMs === 0 ? (
          '–'
        ) : (
          <span className="village-cell">
            <span>
              {formatSince(
                Temporal.Duration.from({ milliseconds: Math.floor(venue.presentMs) }),
                language,
              )}
            </span>
            {venue.joinedAt !== null && (
              <span className="quiet">
                {t('room.attendance.joined')} <When at={venue.joinedAt} />
              </span>
            )}
            {venue.rejoins > 0 && (
              <span className="quiet">
                {t('room.attendance.rejoins', { count: venue.rejoins })}
              </span>
            )}
          </span>
        ),
    },
  ];
}
