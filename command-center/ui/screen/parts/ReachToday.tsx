import type { ReachabilityToday } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useReachability } from '../link/use-reachability.ts';

/** 今日可达时长: half, and 95 in a hundred, of today's rings were answered within; or that none rang. */
export function ReachToday({ region }: { readonly region: string }): ReactElement {
  const { t } = useWords();
  const known = useReachability(region);
  return (
    <section className="reach-today" aria-label={t('reach.title')}>
      <h2>
        {t('reach.title')}
        {known.kind === 'known' && <Counted today={known.today} />}
      </h2>
      {known.kind === 'known' ? (
        <Figures today={known.today} />
      ) : (
        <p className="reach-none">{known.kind === 'unknown' ? t('reach.unknown') : '—'}</p>
      )}
    </section>
  );
}

/** What goes on is said beside: it is in no figure yet. */
function Counted({
  today: { rings, answered, open },
}: {
  readonly today: ReachabilityToday;
}): ReactElement | null {
  const { t } = useWords();
  if (open.rings > 0) {
    return <span>{t('reach.open', { answered: open.answered, count: open.rings })}</span>;
  }
  return rings === 0 ? null : <span>{t('reach.answered', { answered, count: rings })}</span>;
}

function Figures({ today }: { readonly today: ReachabilityToday }): ReactElement {
  const { t } = useWords();
  if (today.rings === 0) {
    return <p className="reach-none">{t(today.open.rings > 0 ? 'reach.wait' : 'reach.none')}</p>;
  }
  return (
    <dl>
      {(['p50', 'p95'] as const).map((share) => (
        <div key={share}>
          <Length ms={share === 'p50' ? today.p50Ms : today.p95Ms} />
          <dt>{t(`reach.${share}`)}</dt>
        </div>
      ))}
    </dl>
  );
}

/** 0:12 in minutes and seconds, or that so many did not answer. */
function Length({ ms }: { readonly ms: number | null }): ReactElement {
  const { t } = useWords();
  if (ms === null) return <dd className="reach-beyond">{t('reach.beyond')}</dd>;
  const seconds = Math.round(ms / 1000);
  return <dd>{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</dd>;
}
