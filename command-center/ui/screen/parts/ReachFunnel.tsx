import { formatSinceInstant, StatusDot, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { reaches, type Figures, type Reach } from '#domain/live-figures.ts';
import { useCentreNow } from '../link/use-view.ts';
import { clockWords } from './time-words.ts';

/** Equipped villages by whether they can be reached, and how long the longest lasts. */
export function ReachFunnel({ figures }: { readonly figures: Figures }): ReactElement {
  const { t } = useWords();
  return (
    <dl className="funnel">
      {reaches.map((reach) => (
        <div key={reach} className={figures.reach[reach] === 0 ? 'funnel-none' : ''}>
          <dt>
            <StatusDot status={reach} />
            {t(`status.${reach}`)}
            <Since reach={reach} since={figures.longestSince[reach]} />
          </dt>
          <dd>{figures.reach[reach]}</dd>
        </div>
      ))}
    </dl>
  );
}

function Since({
  reach,
  since,
}: {
  readonly reach: Reach;
  readonly since: string | null;
}): ReactElement | null {
  const { t, language } = useWords();
  const now = useCentreNow();
  if (since === null || reach === 'online') return null;
  const length = formatSinceInstant(Temporal.Instant.from(since), now, language);
  return (
    <span className="funnel-since">
      {reach === 'unknown' ? t('fromTime', { time: clockWords(since) }) : t('longest', { length })}
    </span>
  );
}
