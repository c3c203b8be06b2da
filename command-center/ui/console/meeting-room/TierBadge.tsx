import { carriesVideo, type Tier, type TierReason } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';

interface Props {
  readonly tier: Tier;
  readonly reason: TierReason;
}

const signs: Readonly<Record<Tier, string>> = {
  'video-300': '▮▮▮',
  'video-128': '▮▮▯',
  'video-64': '▮▯▯',
  stills: '▣',
  audio: '♪',
  text: '✎',
};

/** 分级: what a link carries now, and why not more. */
export function TierBadge({ tier, reason }: Props): ReactElement {
  const { t } = useWords();
  const isWhole = carriesVideo(tier) && reason === 'good';
  return (
    <span
      className={carriesVideo(tier) ? 'tier' : 'tier is-low'}
      title={t(`room.reason.${reason}`)}
    >
      <span aria-hidden="true">{signs[tier]}</span> {t(`room.tier.${tier}`)}
      {!isWhole && <span className="tier-reason"> · {t(`room.reason.${reason}`)}</span>}
    </span>
  );
}
