import { useWords } from '@sightline/look';
import { useEffect, type ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { useIsFree, useIsInMeeting } from '../parts/use-is-free.ts';
import type { Go, Route } from '../route.ts';
import { reasonIcons } from './check-words.ts';
import { countdown, useRing, useRingTone } from './use-ring.ts';

const remindEveryMs = 12_000;

interface Props {
  readonly route: Route;
  readonly go: Go;
}

/**
 * A new ring takes the screen where nobody is in the middle of anything; while it goes on, every other page says so
 * above itself, in a meeting without a sound.
 */
export function RingBar({ route, go }: Props): ReactElement | null {
  const { t } = useWords();
  const ring = useRing();
  const checkId = ring?.check.checkId ?? null;
  const isElsewhere = route.page !== 'spot-check' || route.checkId !== checkId;
  const isFree = useIsFree(route) || (route.page === 'spot-check' && route.step === 'ring');
  const isInMeeting = useIsInMeeting(route);
  useRingTone(isElsewhere && !isInMeeting ? checkId : null, remindEveryMs);
  useEffect(() => {
    // Only when it begins: who put it off is not pushed again.
    if (checkId !== null && isElsewhere && isFree)
      go({ page: 'spot-check', step: 'ring', checkId });
    // oxlint-disable-next-line react/exhaustive-deps -- a page that becomes free is no new ring.
  }, [checkId, go]);
  if (ring === null || !isElsewhere) return null;
  return (
    <button
      type="button"
      className="ring-bar"
      onClick={() => go({ page: 'spot-check', step: 'ring', checkId: ring.check.checkId })}
    >
      <Icon name={reasonIcons[ring.check.reason]} />
      <span>{t('check.waits', { reason: t(`check.reason.${ring.check.reason}`) })}</span>
      <b>{countdown(ring.secondsLeft)}</b>
    </button>
  );
}
