import { VideoOf } from '@sightline/media-client';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';

/** Oneself as in a mirror; a recording as it is, for it has words in it. */
export function OwnVideo({ track }: { readonly track: MediaStreamTrack }): ReactElement {
  const { t } = useWords();
  const { isSample } = useKiosk().camera;
  const className = isSample ? 'camera-picture is-recorded' : 'camera-picture';
  return <VideoOf track={track} className={className} label={t('meeting.own')} />;
}
