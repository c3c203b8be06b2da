import {
  carriesVideo,
  rank,
  worse,
  type Seat,
  type SeatLink,
  type Tier,
} from '@sightline/contracts';
import { formatTime, useWords } from '@sightline/look';
import { StillOf, VideoOf, type MeetingPicture } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { TierBadge } from './TierBadge.tsx';

interface Props {
  readonly seat: Seat;
  readonly picture: MeetingPicture | null;
  readonly link: SeatLink | null;
  /** What this page's own link brings; null = not known. */
  readonly down: Tier | null;
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

function PictureIn({ seat, picture, link, down, isReceiving, isInRoom }: Props): ReactElement {
  const { t } = useWords();
  const best = down ?? 'video-300';
  const carried = worse(link?.up ?? 'video-300', best);
  // A still lasts only while no moving picture comes; a track without packets would show black.
  if (picture !== null && picture.still !== null && rank(best) <= rank('stills')) {
    const at = formatTime(Temporal.Instant.fromEpochMilliseconds(picture.still.at), 'second');
    return (
      <>
        <StillOf still={picture.still} label={seat.name} />
        <span className="still-time">{t('room.stillAt', { time: at })}</span>
      </>
    );
  }
  // Of who is gone the last frame would stand as if it were now.
  const isMoving = isInRoom !== false && carriesVideo(carried);
  if (picture !== null && picture.track !== null && isMoving) {
    return <VideoOf track={picture.track} label={seat.name} />;
  }
  return (
    <p className="picture-none">
      {t(`room.noPicture.${whyNone({ picture, link, carried, isReceiving, isInRoom })}`)}
    </p>
  );
}

/** What is said in the place of a picture: never silent black. */
function whyNone({
  picture,
  link,
  carried,
  isReceiving,
  isInRoom,
}: Pick<Props, 'picture' | 'link' | 'isReceiving' | 'isInRoom'> & { readonly carried: Tier }) {
  if (!isReceiving) return 'outside';
  if (isInRoom === false) return 'notHere';
  if (link === null && picture === null) return 'none';
  if (carried === 'audio') return 'voiceOnly';
  if (carried === 'text') return 'textOnly';
  if (carried === 'stills') return 'stillComing';
  return 'coming';
}
