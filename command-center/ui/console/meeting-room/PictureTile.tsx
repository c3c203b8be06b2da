import type { PictureSource, Seat } from '@sightline/contracts';
import { formatTime, useWords } from '@sightline/look';
import {
  lookOf,
  StillOf,
  VideoOf,
  type MeetingSnapshot,
  type PictureLook,
} from '@sightline/media-client';
import type { ReactElement } from 'react';
import { TierBadge } from './TierBadge.tsx';

interface Props {
  readonly meeting: MeetingSnapshot;
  readonly seat: Seat;
  readonly source?: PictureSource;
  /** Whether the venue is in the room; null = this page is not told. */
  readonly isThere: boolean | null;
  /** Whether this page receives pictures at all. */
  readonly isReceiving: boolean;
  readonly isLarge?: boolean;
}

/** One place on the stage: its picture, the last still with its time, or why there is none. */
export function PictureTile(props: Props): ReactElement {
  const { meeting, seat, source = 'camera', isThere, isReceiving, isLarge = false } = props;
  const { t } = useWords();
  const { picture, link, hasVoice } = lookOf(meeting, { seatId: seat.seatId, source, isThere });
  const isCamera = source === 'camera';
  const name = isCamera ? seat.name : t('room.screenOf', { name: seat.name });
  return (
    <figure className={isLarge ? 'picture is-large' : 'picture'} data-seat={seat.seatId}>
      <div className="picture-room">
        {isReceiving ? (
          <PictureIn picture={picture} label={name} />
        ) : (
          <p className="picture-none">{t('room.noPicture.outside')}</p>
        )}
      </div>
      <figcaption>
        {isCamera && hasVoice && (
          <span className="speaking" title={t('room.speaks')}>
            ●
          </span>
        )}
        <span className="picture-name">{name}</span>
        {isCamera && link !== null && <TierBadge tier={link.up} reason={link.upReason} />}
      </figcaption>
    </figure>
  );
}

function PictureIn({
  picture,
  label,
}: {
  readonly picture: PictureLook;
  readonly label: string;
}): ReactElement {
  const { t } = useWords();
  if (picture.shows === 'video') return <VideoOf track={picture.track} label={label} />;
  if (picture.shows === 'still') {
    const time = timeOf(picture.still.at);
    return (
      <>
        <StillOf still={picture.still} label={label} />
        <span className="still-time">{t('room.stillAt', { time })}</span>
      </>
    );
  }
  return (
    <p className="picture-none">
      <span>{t(`room.noPicture.${nothingKey(picture)}`)}</span>
      {picture.why === 'held' && (
        <small>
          <span>{t(`room.senderReason.${picture.reason}`)}</span>
          {picture.sinceMs !== null && (
            <span>{t('room.heldSince', { time: timeOf(picture.sinceMs) })}</span>
          )}
        </small>
      )}
    </p>
  );
}

/** What is said in the place of a picture: never silent black. */
function nothingKey(picture: Extract<PictureLook, { readonly shows: 'nothing' }>): string {
  switch (picture.why) {
    case 'gone':
      return 'notHere';
    case 'own-link':
      return picture.down === 'text' ? 'ownTextOnly' : 'ownVoiceOnly';
    case 'way-lost':
      return 'wayLost';
    case 'held':
      return 'held';
    case 'still-coming':
      return 'stillComing';
    case 'none':
      return 'none';
  }
}

function timeOf(atMs: number): string {
  return formatTime(Temporal.Instant.fromEpochMilliseconds(atMs), 'second');
}
