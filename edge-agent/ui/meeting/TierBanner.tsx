import { rank, type SeatLink, type TierReason } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import type { Front } from './front.ts';

/** Which step of the ladder is on, both ways, and why; nothing where all is well. */
export function TierBanner({
  own,
  front,
}: {
  readonly own: SeatLink | null;
  readonly front: Front | null;
}): ReactElement | null {
  const { t } = useWords();
  if (own === null) return null;
  const isUpWeak = rank(own.up) > 0 && !isNoWarning(own.upReason);
  const isDownWeak = rank(own.down) > 0 && !isNoWarning(own.downReason);
  if (!isUpWeak && !isDownWeak) return null;
  const because = (step: string, reason: TierReason): string =>
    t('meeting.because', { what: t(`meeting.${step}`), why: t(`meeting.reason.${reason}`) });
  return (
    <div className="tier-banner" role="status">
      <Icon name="warn" />
      <span className="tier-words">
        {isDownWeak && <span>{because(`tier.${own.down}`, own.downReason)}</span>}
        {own.down === 'text' && front !== null && <span>{t(`meeting.${front.kind}.held`)}</span>}
        {isUpWeak && <span>{because(`upTier.${own.up}`, own.upReason)}</span>}
      </span>
    </div>
  );
}

/** What the village chose, and a link that has just begun and gets better by itself. */
function isNoWarning(reason: TierReason): boolean {
  return reason === 'chosen' || reason === 'starting';
}
