import { formatTime, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useLinkView } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';

/** The agent does not answer: said over everything, while the page tries again. */
export function LostPage({ sinceMs }: { readonly sinceMs: number }): ReactElement {
  const { t } = useWords();
  const { clockOffsetMs } = useLinkView();
  const lostAt = Temporal.Instant.fromEpochMilliseconds(sinceMs + clockOffsetMs);
  const since = formatTime(lostAt, 'second');
  return (
    <main className="notice-page">
      <div role="alert">
        <Icon name="warn" />
        <TwoLines textKey="lost.title" />
        <p>{`${t('lost.hint')} · ${t('lost.since', { since })}`}</p>
        <p>{t('lost.remedy')}</p>
      </div>
    </main>
  );
}

/** This page has no session: the printed link gives one. */
export function ClosedPage(): ReactElement {
  const { t } = useWords();
  return (
    <main className="notice-page">
      <div role="alert">
        <Icon name="question" />
        <TwoLines textKey="closed.title" />
        <p>{t('closed.hint')}</p>
      </div>
    </main>
  );
}
