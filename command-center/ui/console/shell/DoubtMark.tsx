import { formatTime, StatusDot } from '@sightline/look';
import { Tooltip } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useVillages } from '../api/use-villages.ts';

/** Whether the page vouches for what it shows, and why not. */
export function DoubtMark(): ReactElement {
  const { t } = useTranslation();
  const { doubt, health, isLoading } = useVillages();
  const isSound = doubt.kind === 'none' && !isLoading;
  const since =
    doubt.kind === 'none' || doubt.since === null
      ? ''
      : formatTime(Temporal.Instant.from(doubt.since), 'minute');
  const parts = health.map((part) => `${t(`part.${part.name}`)}：${t(`partState.${part.state}`)}`);
  return (
    <Tooltip title={parts.join(' · ')}>
      <span className="doubt" role="status">
        <StatusDot status={isSound ? 'online' : 'unknown'} />
        <span className="doubt-text">
          {isSound || isLoading ? t('doubt.none') : t(`doubt.${doubt.kind}`, { since })}
        </span>
      </span>
    </Tooltip>
  );
}
