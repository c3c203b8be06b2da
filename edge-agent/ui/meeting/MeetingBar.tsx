import { useWords } from '@sightline/look';
import { useEffect, type ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { useIsFree, useIsInMeeting } from '../parts/use-is-free.ts';
import type { Go, Route } from '../route.ts';
import { countdown, useRingTone } from '../spot-check/use-ring.ts';
import { useMediaPolicy } from './use-media-policy.ts';
import { useMeetingRing, useOpensByItself } from './use-meetings.ts';

const remindEveryMs = 6_000;

interface Props {
  readonly route: Route;
  readonly go: Go;
}

/**
 * A new call takes the screen; while it rings every other page says so above itself. One that opens by
 * itself is announced whatever the page: nobody is to be opened unseen. Who is in another meeting is told
 * without a sound and not taken out of it.
 */
export function MeetingBar({ route, go }: Props): ReactElement | null {
  const { t } = useWords();
  useMediaPolicy(route);
  const ring = useMeetingRing();
  const opens = useOpensByItself();
  const meetingId = ring?.meeting.meetingId ?? null;
  const isOpening = ring !== null && opens(ring.meeting);
  const isElsewhere = !isOf(route, meetingId);
  const isInAnother = useIsInMeeting(route) && isElsewhere;
  const isFree = useIsFree(route) || (route.page === 'meeting' && route.step === 'ring');
  useRingTone(isElsewhere && !isInAnother ? meetingId : null, remindEveryMs);
  useEffect(() => {
    if (meetingId === null || !isElsewhere || isInAnother) return;
    if (isOpening) go({ page: 'meeting', step: 'opening', meetingId });
    else if (isFree) go({ page: 'meeting', step: 'ring', meetingId });
    // oxlint-disable-next-line react/exhaustive-deps -- only when it begins, or the other ends: who put it off is not pushed again.
  }, [meetingId, isOpening, isInAnother, go]);
  if (ring === null) return <OpenBar route={route} go={go} />;
  if (!isElsewhere) return null;
  return (
    <button
      type="button"
      className="ring-bar"
      onClick={() => go({ page: 'meeting', step: 'ring', meetingId: ring.meeting.meetingId })}
    >
      <Icon name="phone" />
      <span>{t('meeting.waits', { title: ring.meeting.title })}</span>
      <b>{countdown(ring.secondsLeft)}</b>
    </button>
  );
}

function isOf(route: Route, meetingId: string | null): boolean {
  return route.page === 'meeting' && route.meetingId === meetingId;
}

/** One that was accepted and goes on is one touch away from home. */
function OpenBar({ route, go }: Props): ReactElement | null {
  const { t } = useWords();
  const { meetings } = useKiosk();
  const open = meetings.list.find(({ phase, answer }) => phase === 'open' && answer === 'accepted');
  if (open === undefined || route.page !== 'home') return null;
  return (
    <button
      type="button"
      className="ring-bar"
      onClick={() => go({ page: 'meeting', step: 'room', meetingId: open.meetingId })}
    >
      <Icon name="phone" />
      <span>{t('meeting.openNow', { title: open.title })}</span>
    </button>
  );
}
