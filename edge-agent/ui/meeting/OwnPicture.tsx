import { useWords } from '@sightline/look';
import type { MeetingSnapshot } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { OwnVideo } from './OwnVideo.tsx';
import type { MeetingMedia } from './use-meeting-media.ts';

/** Oneself, as in a mirror: what leaves this village, or that nothing does. */
export function OwnPicture({
  media,
  meeting,
}: {
  readonly media: MeetingMedia;
  readonly meeting: MeetingSnapshot;
}): ReactElement {
  const { t } = useWords();
  const { shutter } = useKiosk();
  const isSent = media.camera !== null && meeting.sending.camera === 'on';
  return (
    <figure className="picture room-own">
      {isSent && media.camera !== null ? (
        <OwnVideo track={media.camera} />
      ) : (
        <span className="picture-none">
          <Icon name="noCamera" />
          {shutter.isShut && <small>{t('shutter.shut')}</small>}
        </span>
      )}
      <figcaption>
        <b>{t('meeting.own')}</b>
        <Icon name={meeting.sending.microphone === 'on' ? 'microphone' : 'noMicrophone'} />
      </figcaption>
    </figure>
  );
}
