import { formatTime, StatusDot, useNow, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useView } from '../link/use-view.ts';

/** How old what the page shows is, or that it is not renewed any more. */
export function DataAge(): ReactElement {
  const { t } = useWords();
  useNow();
  const { heardAtMs, doubt, model } = useView();
  return (
    <span className="top-data" role="status" aria-live="off">
      <StatusDot status={doubt.kind === 'none' ? 'online' : 'offline'} />
      {ageWords()}
    </span>
  );

  function ageWords(): string {
    if (model === null || heardAtMs === null) return t('data.none');
    if (doubt.kind !== 'none') {
      return t('data.asOf', { time: formatTime(Temporal.Instant.from(model.at), 'second') });
    }
    const seconds = Math.max(0, (performance.now() - heardAtMs) / 1000).toFixed(1);
    return t('data.age', { seconds });
  }
}
