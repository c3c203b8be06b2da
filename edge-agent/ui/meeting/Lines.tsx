import type { RoomWords } from '@sightline/contracts';
import { formatTime, useWords } from '@sightline/look';
import type { MeetingSnapshot } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { nameOf } from './own-seat.ts';

const newest = { side: 3, large: 8 } as const;

interface Props {
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  /** Beside the pictures, or in their place: more of them and large. */
  readonly place: keyof typeof newest;
}

/** 文字: the newest lines, the last one below. */
export function Lines({ meeting, room, place }: Props): ReactElement {
  const { t } = useWords();
  const lines = meeting.lines.slice(-newest[place]);
  return (
    <ul className={`room-lines is-${place}`} aria-label={t('meeting.lines')}>
      {lines.length === 0 && place === 'large' && (
        <li className="is-none">{t('meeting.noLines')}</li>
      )}
      {lines.map(({ lineId, seatId, at, text }) => (
        <li key={lineId}>
          <small>
            {`${formatTime(Temporal.Instant.from(at), 'minute')} ${nameOf(room, seatId)}`}
          </small>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
