import type { PictureSource } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { VideoOf, type TileLook } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { StillWithTime } from './StillWithTime.tsx';
import { useTimeOf } from './use-time-of.ts';

interface Props {
  readonly look: TileLook;
  readonly source: PictureSource;
  readonly label: string;
  readonly isLarge: boolean;
}

/** Moving picture, still with its time, or in words why there is none: never just black, never the past as now. */
export function Look({ look, source, label, isLarge }: Props): ReactElement {
  const { picture } = look;
  if (picture.shows === 'video') return <VideoOf track={picture.track} label={label} />;
  if (picture.shows === 'still') {
    return <StillWithTime still={picture.still} label={label} isLarge={isLarge} />;
  }
  const isHeard = source === 'camera' && look.hasVoice;
  return (
    <span className="picture-none">
      {isHeard ? <Wave /> : <Icon name={source === 'screen' ? 'slides' : 'noCamera'} />}
      <TwoLines textKey={nothingKey(look, source)} />
      {picture.why === 'held' && <Held held={picture} />}
    </span>
  );
}

function nothingKey({ picture, hasVoice }: TileLook, source: PictureSource): string {
  if (source === 'camera') return hasVoice ? 'meeting.voiceOnly' : 'meeting.noPicture';
  if (picture.shows !== 'nothing') return 'meeting.screen.coming';
  if (picture.why === 'own-link') return 'meeting.screen.held';
  return picture.why === 'still-coming' ? 'meeting.screen.coming' : 'meeting.screen.away';
}

/** It is the sender's part, and since when. */
function Held({
  held,
}: {
  readonly held: Extract<TileLook['picture'], { readonly why: 'held' }>;
}): ReactElement {
  const { t } = useWords();
  const timeOf = useTimeOf();
  return (
    <small className="picture-held">
      <span>{t(`meeting.senderReason.${held.reason}`)}</span>
      {held.sinceMs !== null && (
        <span>{t('meeting.heldSince', { time: timeOf(held.sinceMs) })}</span>
      )}
    </small>
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
