import { rank, type SeatLink } from '@sightline/contracts';
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
  const isUpWeak = rank(own.up) > 0 && own.upReason !== 'chosen';
  const isDownWeak = rank(own.down) > 0 && own.downReason !== 'chosen';
  if (!isUpWeak && !isDownWeak) return null;
  return (
    <div className="tier-banner" role="status">
      <Icon name="warn" />
      {isDownWeak && (
        <span>{`${t(`meeting.tier.${own.down}`)}（${t(`meeting.reason.${own.downReason}`)}）`}</span>
      )}
      {own.down === 'text' && front !== null && <span>{t(`meeting.${front.kind}.held`)}</span>}
      {isUpWeak && (
        <span>{`${t(`meeting.upTier.${own.up}`)}（${t(`meeting.reason.${own.upReason}`)}）`}</span>
      )}
    </div>
  );
}
