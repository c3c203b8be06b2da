import { rank, type RoomWords, type SeatId } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { VideoOf, type MeetingSnapshot } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { downNow } from './down-now.ts';
import { nameOf } from './own-seat.ts';
import { StillWithTime } from './StillWithTime.tsx';

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
      <Look seatId={seatId} meeting={meeting} name={name} isLarge={isLarge} />
      <figcaption>
        <b>{name}</b>
        {control.chair === seatId && <span>{t('meeting.chair')}</span>}
        {control.floor.includes(seatId) && <Icon name="microphone" />}
      </figcaption>
    </figure>
  );
}

/** Moving picture, still with its time, voice alone, or nothing: never just black. */
function Look({
  seatId,
  meeting,
  name,
  isLarge,
}: {
  readonly seatId: SeatId;
  readonly meeting: MeetingSnapshot;
  readonly name: string;
  readonly isLarge: boolean;
}): ReactElement {
  const picture = meeting.pictures.find((one) => one.seatId === seatId && one.source === 'camera');
  const down = downNow(meeting);
  if (picture?.still !== undefined && picture.still !== null && rank(down) <= rank('stills')) {
    return <StillWithTime still={picture.still} label={name} isLarge={isLarge} />;
  }
  if (picture !== undefined && picture.track !== null && rank(down) < rank('stills')) {
    return <VideoOf track={picture.track} label={name} />;
  }
  const isWayLost = meeting.wayLostSinceMs !== null;
  const hasVoice = !isWayLost && meeting.voices.some((voice) => voice.seatId === seatId);
  return (
    <span className="picture-none">
      {hasVoice ? <Wave /> : <Icon name="noCamera" />}
      <TwoLines textKey={hasVoice ? 'meeting.voiceOnly' : 'meeting.noPicture'} />
    </span>
  );
}

/** A voice without a picture. */
function Wave(): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 10v4M8 7v10M12 4v16M16 7v10M20 10v4" />
    </svg>
  );
}
