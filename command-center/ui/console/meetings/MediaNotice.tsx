import type { MediaHealth } from '@sightline/contracts';
import { Notice, useWords } from '@sightline/look';
import type { ReactElement } from 'react';

/** Why pictures and voices are off, and what still works; nothing where all is well. */
export function MediaNotice({
  media,
}: {
  readonly media: MediaHealth | null;
}): ReactElement | null {
  const { t } = useWords();
  if (media?.state === 'ready') return null;
  const isConnected = media !== null && media.state !== 'no-link';
  const state = isConnected ? media.state : 'no-server';
  const detail = isConnected ? media.detail : '';
  return (
    <div className="media-notice">
      <Notice
        tone="warning"
        title={t(`meetings.media.${state}`)}
        detail={t('meetings.media.stillWorks')}
        remedy={
          <>
            {t(`meetings.media.remedy.${state}`)}
            {detail !== '' && <span className="break"> {detail}</span>}
          </>
        }
      />
    </div>
  );
}
