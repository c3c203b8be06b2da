import { StatusDot, useNow, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useView } from '../link/use-view.ts';

/** How old what the page shows is, or that it is not renewed any more. */
export function DataAge(): ReactElement {
  const { t } = useWords();
  useNow();
  const { heardAtMs, doubt } = useView();
  const seconds =
    heardAtMs === null ? null : Math.max(0, (performance.now() - heardAtMs) / 1000).toFixed(1);
  const isLost = doubt.kind === 'link';
  return (
    <span className="top-data" role="status" aria-live="off">
      <StatusDot status={doubt.kind === 'none' ? 'online' : 'offline'} />
      {seconds === null && t('data.none')}
      {seconds !== null && (isLost ? t('data.lost') : t('data.age', { seconds }))}
    </span>
  );
}
