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
  const state = media === null ? 'no-server' : media.state;
  if (state === 'ready') return null;
  const detail = media?.detail ?? '';
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
