import type { RoomLine, Seat, SeatId } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { When } from '../parts/StatusWord.tsx';

interface Props {
  readonly lines: readonly RoomLine[];
  readonly seats: ReadonlyMap<SeatId, Seat>;
}

/** 文字: what was typed into the room, newest below; it carries on where no voice does. */
export function LineList({ lines, seats }: Props): ReactElement {
  const { t } = useWords();
  if (lines.length === 0) return <p className="quiet">{t('room.noLines')}</p>;
  return (
    <ol className="room-lines">
      {lines.map(({ lineId, seatId, at, text }) => (
        <li key={lineId}>
          <span className="quiet">
            {seats.get(seatId)?.name ?? t('room.goneSeat')} <When at={at} />
          </span>
          <span className="break">{text}</span>
        </li>
      ))}
    </ol>
  );
}
