import { StatusDot, useWords, type DotStatus } from '@sightline/look';
import type { ReactElement } from 'react';

const shown = ['online', 'nobody', 'stale', 'offline', 'unknown', 'not-equipped'] as const;

/** What a cell's colour and shape say. */
export function Legend(): ReactElement {
  const { t } = useWords();
  const wordOf = (status: DotStatus): string =>
    status === 'nobody' ? t('duty.nobody') : t(`status.${status}`);
  return (
    <ul className="legend">
      {shown.map((status) => (
        <li key={status}>
          <StatusDot status={status} />
          {wordOf(status)}
        </li>
      ))}
    </ul>
  );
}
