import { formatTime, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { stripBucketMs, stripBuckets } from '#domain/live-limits.ts';
import { useView } from '../link/use-view.ts';
import { hourMarks } from './hour-marks.ts';

/** 过去 24 小时: facts received in each five minutes. */
export function DayStrip(): ReactElement {
  const { t } = useWords();
  const { model } = useView();
  const strip = model?.strip ?? [];
  const most = Math.max(1, ...strip);
  return (
    <footer className="strip">
      <span className="strip-title">{t('strip.title')}</span>
      <div className="strip-day">
        <svg
          viewBox={`0 0 ${stripBuckets} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('strip.label', { count: most })}
        >
          <path d={barsPath(strip, most)} />
        </svg>
        {model !== null && <Hours endMs={model.stripEndMs} />}
      </div>
      <span className="strip-now">{t('strip.now')}</span>
    </footer>
  );
}

/** Square root: a quiet hour stays visible beside the rush of a shift change. */
function barsPath(strip: readonly number[], most: number): string {
  return strip
    .map((count, index) => {
      const height = count === 0 ? 1.5 : 4 + 96 * Math.sqrt(count / most);
      return `M${index + 0.2} 100V${(100 - height).toFixed(1)}h.6V100z`;
    })
    .join('');
}

function Hours({ endMs }: { readonly endMs: number }): ReactElement {
  const marks = hourMarks(endMs - stripBuckets * stripBucketMs, endMs);
  return (
    <div className="strip-hours" aria-hidden="true">
      {marks.map(({ ms, percent, isNearEnd }) => (
        <span
          key={ms}
          className={isNearEnd ? 'is-near-end' : ''}
          style={isNearEnd ? { right: `${100 - percent}%` } : { left: `${percent}%` }}
        >
          {formatTime(Temporal.Instant.fromEpochMilliseconds(ms), 'minute')}
        </span>
      ))}
    </div>
  );
}
