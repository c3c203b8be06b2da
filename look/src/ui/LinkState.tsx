import type { ReactElement } from 'react';
import { formatSinceInstant } from '#time/format-since.ts';
import { useNow } from '#time/use-now.ts';
import { StatusDot, type DotStatus } from './StatusDot.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: 'up' | 'down' | 'unknown';
  /** When this state began, RFC 3339; null where nobody knows. */
  readonly since: string | null;
  /** Facts not yet delivered; leave out where there is no outbox. */
  readonly waiting?: number;
}

const dots: Readonly<Record<Props['state'], DotStatus>> = {
  up: 'online',
  down: 'offline',
  unknown: 'unknown',
};

/** Whether we are connected, since when, and what still waits. Never green by default. */
export function LinkState({ state, since, waiting }: Props): ReactElement {
  const { t, language } = useWords();
  const now = useNow();
  const length =
    since === null ? null : formatSinceInstant(Temporal.Instant.from(since), now, language);
  return (
    <div className="look-link" role="status" aria-live="off">
      <StatusDot status={dots[state]} />
      <span className="look-link-word">{t(`link.${state}`)}</span>
      {length !== null && (
        <span className="look-link-since">{t('link.since', { since: length })}</span>
      )}
      {waiting !== undefined && (
        <span className="look-link-waiting">
          {waiting === 0 ? t('link.nothingWaiting') : t('link.waiting', { count: waiting })}
        </span>
      )}
    </div>
  );
}
