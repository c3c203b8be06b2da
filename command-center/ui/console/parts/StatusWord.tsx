import type { VillageStatus } from '@sightline/contracts';
import {
  formatSinceInstant,
  formatTime,
  dateAt,
  StatusDot,
  useNow,
  useWords,
} from '@sightline/look';
import type { ReactElement } from 'react';

interface Props {
  readonly status: VillageStatus;
  readonly since: string | null;
}

/** ● 可联通 · 已 3 小时 */
export function StatusWord({ status, since }: Props): ReactElement {
  const { t, language } = useWords();
  const now = useNow(10_000);
  const length =
    since === null ? null : formatSinceInstant(Temporal.Instant.from(since), now, language);
  return (
    <span className={`status status-${status}`}>
      <StatusDot status={status} />
      <span>{t(`status.${status}`)}</span>
      {length !== null && status !== 'not-equipped' && (
        <span className="quiet">{t('link.since', { since: length })}</span>
      )}
    </span>
  );
}

/** 21:47 of today; with its date on other days. The villages' own time. */
export function When({ at }: { readonly at: string }): ReactElement {
  const now = useNow(60_000);
  const instant = Temporal.Instant.from(at);
  const date = dateAt(instant);
  const isToday = date.equals(dateAt(now));
  const time = formatTime(instant, 'minute');
  return (
    <time dateTime={at} className="when">
      {isToday ? time : `${date.toString()} ${time}`}
    </time>
  );
}
