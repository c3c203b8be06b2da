import { rank, type RoomWords, type SeatId } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { VideoOf, type MeetingSnapshot } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { nameOf } from './own-seat.ts';
import { StillWithTime } from './StillWithTime.tsx';

interface Props {
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  /** How many places there are: 1, 4 or 9. */
  readonly count: number;
  /** Takes the first of them. */
  readonly front: ReactElement | null;
  readonly shown: readonly SeatId[];
}

/** The pictures of the room, the large one first; each place has its name and its own honest look. */
export function Pictures({ meeting, room, count, front, shown }: Props): ReactElement {
  const filled = shown.length + (front === null ? 0 : 1);
  return (
    <div className={`pictures pictures-${count} has-${filled}`}>
      {front}
      {shown.map((seatId) => (
        <Place key={seatId} seatId={seatId} meeting={meeting} room={room} />
      ))}
    </div>
  );
}

function Place({
  seatId,
  meeting,
  room,
}: Pick<Props, 'meeting' | 'room'> & { readonly seatId: SeatId }): ReactElement {
  const { t } = useWords();
  const { control } = room;
  const name = nameOf(room, seatId);
  return (
    <figure className="picture">
      <Look seatId={seatId} meeting={meeting} name={name} />
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
}: {
  readonly seatId: SeatId;
  readonly meeting: MeetingSnapshot;
  readonly name: string;
}): ReactElement {
  const picture = meeting.pictures.find((one) => one.seatId === seatId && one.source === 'camera');
  const down = meeting.own?.down ?? 'video-300';
  if (picture?.still !== undefined && picture.still !== null && rank(down) <= rank('stills')) {
    return <StillWithTime still={picture.still} label={name} />;
  }
  if (picture !== undefined && picture.track !== null && rank(down) < rank('stills')) {
    return <VideoOf track={picture.track} label={name} />;
  }
  const hasVoice = meeting.voices.some((voice) => voice.seatId === seatId);
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
