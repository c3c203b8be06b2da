import { picturesOf, type SeatId } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Segmented } from 'antd';
import { useEffect, useState, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import type { Room } from '../meetings/use-room.ts';
import { PictureTile } from './PictureTile.tsx';
import { SlideView } from './SlideView.tsx';
import type { OwnSeat } from './use-seat.ts';

const counts = [1, 4, 9] as const;
type Count = (typeof counts)[number];

interface Props {
  readonly room: Room;
  readonly seat: OwnSeat;
  /** A venue the chair looks at beside the stage; null = none. */
  readonly looked: SeatId | null;
  /** Said below the pictures. */
  readonly children: ReactNode;
}

/** 画面: who is on the air, the large one first; slides and a shared screen take the large place. */
export function Stage({ room, seat, looked, children }: Props): ReactElement {
  const { t } = useWords();
  const { snapshot, client } = seat;
  const shown = (snapshot.room?.pictures ?? picturesOf(room.rules)).filter(
    (seatId) => seatId !== room.ownSeat && room.seats.has(seatId),
  );
  const [chosen, setChosen] = useState<Count | null>(null);
  const count = chosen ?? counts.find((one) => shown.length <= one) ?? 9;
  const seats = shown.slice(0, count);
  // Places for those who are there, not for those who might be.
  const places = counts.find((one) => seats.length <= one) ?? 9;
  useWatch(seat, looked === null || seats.includes(looked) ? seats : [...seats, looked]);
  const shared = snapshot.pictures.find(({ source }) => source === 'screen')?.seatId ?? null;
  const screen = shared === null ? null : (room.seats.get(shared) ?? null);
  const isReceiving = client !== null;
  const isThere = (seatId: SeatId) => room.venues.get(seatId)?.isInRoom ?? null;
  const hasFront = room.control.slides !== null || screen !== null;
  return (
    <section
      className={client === null ? 'stage is-outside' : 'stage'}
      aria-label={t('room.stage')}
    >
      <div
        className={`pictures pictures-${hasFront ? 'front' : places} has-${seats.length}`}
        style={besideFront(seats.length)}
      >
        {room.control.slides !== null && <SlideView room={room} seat={seat} />}
        {room.control.slides === null && screen !== null && (
          <PictureTile
            meeting={snapshot}
            seat={screen}
            source="screen"
            isThere={isThere(screen.seatId)}
            isReceiving={isReceiving}
            isLarge
          />
        )}
        {seats.map((seatId, at) => {
          const place = room.seats.get(seatId);
          if (place === undefined) return null;
          return (
            <PictureTile
              key={seatId}
              seat={place}
              isLarge={at === 0 && places === 4 && !hasFront}
              meeting={snapshot}
              isThere={isThere(seatId)}
              isReceiving={isReceiving}
            />
          );
        })}
        {seats.length === 0 && !hasFront && <p className="stage-empty">{t('room.nobodyOnAir')}</p>}
      </div>
      <div className="stage-foot">
        <Segmented<Count>
          size="small"
          value={count}
          onChange={setChosen}
          aria-label={t('room.pictures')}
          options={counts.map((value) => ({ value, label: value }))}
        />
        <span className="quiet">{t('room.onAirCount', { count: shown.length })}</span>
        {children}
      </div>
    </section>
  );
}

/** How many stand in the row below a front. */
function besideFront(count: number): CSSProperties {
  // A property of our own style sheet.
  return { '--beside': Math.max(1, count) } as CSSProperties;
}

/** Tells the server which pictures are looked at now, largest first. */
function useWatch({ client }: OwnSeat, seats: readonly SeatId[]): void {
  const wanted = seats.join(' ');
  useEffect(() => {
    client?.watch(wanted === '' ? [] : wanted.split(' '));
  }, [client, wanted]);
}
