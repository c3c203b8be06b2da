import { carriesVideo, type Seat, type SeatLink } from '@sightline/contracts';
import { formatTime, useWords } from '@sightline/look';
import { StillOf, VideoOf, type MeetingPicture } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { TierBadge } from './TierBadge.tsx';

interface Props {
  readonly seat: Seat;
  readonly picture: MeetingPicture | null;
  readonly link: SeatLink | null;
  /** Whether this page receives pictures at all. */
  readonly isReceiving: boolean;
  readonly isSpeaking: boolean;
  /** Whether packets of it arrive at the server; null = this page is not told. */
  readonly isInRoom: boolean | null;
  readonly isLarge?: boolean;
}

/** One place on the stage: its picture, the last still with its time, or why there is only its voice. */
export function PictureTile(props: Props): ReactElement {
  const { seat, link, isSpeaking, isLarge = false } = props;
  const { t } = useWords();
  return (
    <figure className={isLarge ? 'picture is-large' : 'picture'} data-seat={seat.seatId}>
      <div className="picture-room">
        <PictureIn {...props} />
      </div>
      <figcaption>
        {isSpeaking && (
          <span className="speaking" title={t('room.speaks')}>
            ●
          </span>
        )}
        <span className="picture-name">{seat.name}</span>
        {link !== null && <TierBadge tier={link.up} reason={link.upReason} />}
      </figcaption>
    </figure>
  );
}

function PictureIn({ seat, picture, link, isReceiving, isInRoom }: Props): ReactElement {
  const { t } = useWords();
  // What its link does not carry up comes as black, or stands still.
  const isCarried = link === null || carriesVideo(link.up);
  if (picture !== null && picture.track !== null && isCarried) {
    return <VideoOf track={picture.track} label={seat.name} />;
  }
  if (picture !== null && picture.still !== null) {
    const at = formatTime(Temporal.Instant.fromEpochMilliseconds(picture.still.at), 'second');
    return (
      <>
        <StillOf still={picture.still} label={seat.name} />
        <span className="still-time">{t('room.stillAt', { time: at })}</span>
      </>
    );
  }
  return (
    <p className="picture-none">
      {t(`room.noPicture.${whyNone({ link, isReceiving, isInRoom })}`)}
    </p>
  );
}

/** What is said in the place of a picture: never silent black. */
function whyNone({
  link,
  isReceiving,
  isInRoom,
}: Pick<Props, 'link' | 'isReceiving' | 'isInRoom'>) {
  if (!isReceiving) return 'outside';
  if (isInRoom === false) return 'notHere';
  if (link === null) return 'none';
  if (link.up === 'audio') return 'voiceOnly';
  if (link.up === 'text') return 'textOnly';
  return carriesVideo(link.up) ? 'coming' : 'stillComing';
}
