import type { RoomWords, SeatId } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { lookOf, type MeetingSnapshot } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { Look } from './Look.tsx';
import { nameOf } from './own-seat.ts';

interface Props {
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  /** Takes the first place. */
  readonly front: ReactElement | null;
  readonly shown: readonly SeatId[];
}

/** The pictures of the room, the large one first; each place has its name and its own honest look. */
export function Pictures({ meeting, room, front, shown }: Props): ReactElement {
  const filled = shown.length + (front === null ? 0 : 1);
  // Places for those who are there, not for those who might be.
  const places = filled <= 4 ? 4 : 9;
  return (
    <div className={`pictures pictures-${places} has-${filled}`}>
      {front}
      {shown.map((seatId, at) => (
        <Place
          key={seatId}
          seatId={seatId}
          meeting={meeting}
          room={room}
          isLarge={at === 0 && front === null}
        />
      ))}
    </div>
  );
}

function Place({
  seatId,
  meeting,
  room,
  isLarge,
}: Pick<Props, 'meeting' | 'room'> & {
  readonly seatId: SeatId;
  readonly isLarge: boolean;
}): ReactElement {
  const { t } = useWords();
  const { control } = room;
  const name = nameOf(room, seatId);
  return (
    <figure className="picture">
      <Look
        look={lookOf(meeting, { seatId, source: 'camera', isThere: null })}
        source="camera"
        label={name}
        isLarge={isLarge}
      />
      <figcaption>
        <b>{name}</b>
        {control.chair === seatId && <span>{t('meeting.chair')}</span>}
        {control.floor.includes(seatId) && <Icon name="microphone" />}
      </figcaption>
    </figure>
  );
}
