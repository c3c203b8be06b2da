import { meetingLimits, type SeatId } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input, type InputRef, type TableColumnsType } from 'antd';
import { useMemo, useRef, useState, type ReactElement } from 'react';
import { useRegions } from '../api/use-regions.ts';
import { useSlices } from '../api/use-slices.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { findRegions } from '../shell/find-regions.ts';
import { useKeys } from '../shell/use-keys.ts';
import type { Room } from '../meetings/use-room.ts';
import { TierBadge } from './TierBadge.tsx';
import type { Steering } from './use-steering.ts';
import { isShown, venueFilters, type VenueFilter, type VenueRow } from './venue-rows.ts';
import { VenueWord } from './VenueWord.tsx';

interface Props {
  readonly room: Room;
  readonly steering: Steering;
  readonly rows: readonly VenueRow[];
  readonly looked: SeatId | null;
  readonly onLook: (seatId: SeatId) => void;
}

/** 会场: everybody who was asked, fifty at a time, those that need the chair first. */
export function VenueList({ room, steering, rows, looked, onLook }: Props): ReactElement {
  const { t } = useWords();
  const [filter, setFilter] = useState<VenueFilter>('all');
  const [text, setText] = useState('');
  const found = useFound(rows, text);
  const shown = rows.filter((row) => isShown(row, filter) && found(row));
  const list = useSlices(room.isLoading ? [] : shown, {
    key: `${filter}/${text}`,
    isLoading: room.isLoading,
    problem: room.problem,
  });
  return (
    <section aria-label={t('room.venues')}>
      <div className="filter venue-filter">
        {venueFilters.map((one) => {
          const count = rows.filter((row) => isShown(row, one)).length;
          if ((count === 0 || room.isLoading) && one !== filter && one !== 'all') return null;
          return (
            <button
              key={one}
              type="button"
              aria-pressed={filter === one}
              onClick={() => setFilter(one)}
            >
              {t(`room.filter.${one}`)} {!room.isLoading && <b>{count}</b>}
            </button>
          );
        })}
      </div>
      <Search text={text} onText={setText} />
      <ListTable<VenueRow>
        list={list}
        rowKey={({ seat }) => seat.seatId}
        columns={useColumns(room, steering)}
        selected={looked}
        onOpen={({ seat }) => onLook(seat.seatId)}
        empty={{ title: t('meetings.noVenue'), whatToDo: t('meetings.noVenueWhat') }}
      />
    </section>
  );
}

function Search(props: {
  readonly text: string;
  readonly onText: (text: string) => void;
}): ReactElement {
  const { t } = useWords();
  const field = useRef<InputRef>(null);
  useKeys({ '/': () => field.current?.focus({ cursor: 'all' }) });
  return (
    <Input
      ref={field}
      className="venue-search"
      allowClear
      value={props.text}
      placeholder={t('room.search')}
      aria-label={t('room.search')}
      suffix={props.text === '' ? <kbd>/</kbd> : undefined}
      onChange={({ target }) => props.onText(target.value)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') field.current?.blur();
      }}
    />
  );
}

const isAny = (): boolean => true;

/** By the venue's name, or as the regions are found: by pinyin, initials and code. */
function useFound(rows: readonly VenueRow[], text: string): (row: VenueRow) => boolean {
  const { byCode } = useRegions();
  return useMemo(() => {
    const typed = text.trim();
    if (typed === '') return isAny;
    const regions = rows.flatMap(({ seat }) => byCode.get(seat.region) ?? []);
    const codes = new Set(findRegions(regions, typed).map(({ code }) => code));
    return ({ seat }: VenueRow) => seat.name.includes(typed) || codes.has(seat.region);
  }, [rows, text, byCode]);
}

type Column = TableColumnsType<VenueRow>[number];

function useColumns(room: Room, steering: Steering): TableColumnsType<VenueRow> {
  const { t } = useWords();
  const { byCode } = useRegions();
  const venue: Column = {
    title: t('meetings.venueName'),
    key: 'venue',
    render: (_, row) => (
      <span className="village-cell">
        <strong>
          {row.hand !== null && (
            <span className="hand">{t('room.hand.place', { place: row.hand })}</span>
          )}
          {row.seat.name}
          {row.seat.role === 'main' && <span className="tag">{t('meetings.role.main')}</span>}
        </strong>
        <span className="quiet">
          {row.seat.region.length === 12 &&
            `${byCode.get(row.seat.region.slice(0, 9))?.name ?? ''} · `}
          <VenueWord row={row} />
        </span>
        {row.link !== null && <TierBadge tier={row.link.up} reason={row.link.upReason} />}
      </span>
    ),
  };
  if (!room.isChair) return [venue];
  const acts: Column = {
    title: t('room.acts'),
    key: 'acts',
    render: (_, row) => <QuickActs row={row} room={room} steering={steering} />,
  };
  return [venue, acts];
}

/** The two that are done all the time; the others stand with the chosen venue. */
function QuickActs({
  row,
  room,
  steering,
}: {
  readonly row: VenueRow;
  readonly room: Room;
  readonly steering: Steering;
}): ReactElement {
  const { t } = useWords();
  const { seatId } = row.seat;
  const floor = { act: row.hasFloor ? 'take-floor' : 'give-floor', seatId } as const;
  const air = onAirTurn(room, seatId);
  return (
    <span className="actions">
      <ActButton
        kind="text"
        reason={steering.whyNot(floor)}
        onClick={() => void steering.run(floor)}
      >
        {t(`room.quick.${floor.act}`)}
      </ActButton>
      <ActButton kind="text" reason={steering.whyNot(air)} onClick={() => void steering.run(air)}>
        {t(row.isOnAir ? 'room.quick.offAir' : 'room.quick.onAir')}
      </ActButton>
    </span>
  );
}

/** 上墙 or down again: the newest is the large picture; where the wall is full, the last one goes. */
export function onAirTurn({ control }: Room, seatId: SeatId) {
  const others = control.onAir.filter((one) => one !== seatId);
  const seats = control.onAir.includes(seatId)
    ? others
    : [seatId, ...others].slice(0, meetingLimits.onAir);
  return { act: 'set-on-air', seats } as const;
}
