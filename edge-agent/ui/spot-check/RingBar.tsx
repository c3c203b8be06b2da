import { useWords } from '@sightline/look';
import { useEffect, type ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import type { Go, Route } from '../route.ts';
import { reasonIcons } from './check-words.ts';
import { countdown, useRing, useRingTone } from './use-ring.ts';

const remindEveryMs = 12_000;

interface Props {
  readonly route: Route;
  readonly go: Go;
}

/** Pages where somebody may be in the middle of something: they are told, not pushed aside. */
const busyPages: readonly Route['page'][] = [
  'check-in',
  'pin',
  'witness',
  'withdraw',
  'code',
  'enrol',
  'new-pin',
  'complaint',
  'result',
  'self-test',
];

/** A new ring takes the screen; while it goes on, every other page says so above itself. */
export function RingBar({ route, go }: Props): ReactElement | null {
  const { t } = useWords();
  const ring = useRing();
  const checkId = ring?.check.checkId ?? null;
  const isBusy = busyPages.includes(route.page);
  const isElsewhere = route.page !== 'spot-check';
  useRingTone(isElsewhere ? checkId : null, remindEveryMs);
  useEffect(() => {
    // Only when it begins: who put it off is not pushed again.
    if (checkId !== null && !isBusy) go({ page: 'spot-check', step: 'ring', checkId });
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
