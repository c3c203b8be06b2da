import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { useTimeOf } from './use-time-of.ts';

/** The room is there, but neither picture nor voice gets through: since when, and what works all the same. */
export function WayBanner({ sinceMs }: { readonly sinceMs: number }): ReactElement {
  const { t } = useWords();
  const timeOf = useTimeOf();
  return (
    <div className="tier-banner way-banner" role="status">
      <Icon name="warn" />
      <span className="tier-words">
        <TwoLines textKey="meeting.wayLost" />
        <small>{t('meeting.wayLostSince', { time: timeOf(sinceMs) })}</small>
      </span>
    </div>
  );
}
