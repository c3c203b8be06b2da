import { formatSinceInstant, formatTime, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useCentreNow, useView } from '../link/use-view.ts';

/** What the page does not know, since when, and what that means for what it shows. */
export function TruthBanner(): ReactElement | null {
  const { t, language } = useWords();
  const { doubt, access } = useView();
  const now = useCentreNow();
  if (access === 'refused') {
    return (
      <section className="truth" role="alert">
        <strong>{t('refused')}</strong>
      </section>
    );
  }
  if (doubt.kind === 'none') return null;
  const since = doubt.since === null ? null : Temporal.Instant.from(doubt.since);
  return (
    <section className="truth" role="alert">
      <strong>{t(`doubt.${doubt.kind}`)}</strong>
      <span className="truth-since">
        {since === null
          ? t('doubt.unknownSince')
          : t('doubt.since', {
              time: formatTime(since, 'second'),
              length: formatSinceInstant(since, now, language),
            })}
      </span>
      <p>{t('doubt.meaning')}</p>
    </section>
  );
}
