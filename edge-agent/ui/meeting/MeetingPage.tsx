import type { ReactElement } from 'react';
import { lazyPage } from '../parts/lazy-page.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';
import type { MeetingRoute } from './meeting-route.ts';
import { MeetingRing } from './MeetingRing.tsx';
import { OpeningPage } from './OpeningPage.tsx';

const Inside = lazyPage(
  async () => (await import('./MeetingInside.tsx')).MeetingInside,
  Connecting,
);

interface Props {
  readonly route: Extract<MeetingRoute, { readonly page: 'meeting' }>;
  readonly go: Go;
}

/** 会议, from its ring to its end. */
export function MeetingPage({ route, go }: Props): ReactElement {
  const { step, meetingId } = route;
  if (step === 'ring') return <MeetingRing meetingId={meetingId} go={go} />;
  if (step === 'opening') return <OpeningPage meetingId={meetingId} go={go} />;
  return <Inside step={step} meetingId={meetingId} go={go} />;
}

function Connecting(): ReactElement {
  return (
    <main className="notice-page">
      <TwoLines textKey="meeting.connecting" />
    </main>
  );
}
