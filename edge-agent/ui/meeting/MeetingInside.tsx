import type { ReactElement } from 'react';
import type { Go } from '../route.ts';
import { DeviceCheck } from './DeviceCheck.tsx';
import { RoomPage } from './RoomPage.tsx';

interface Props {
  readonly step: 'check' | 'room';
  readonly meetingId: string;
  readonly go: Go;
}

/** All that carries media, loaded when a meeting is entered and not before. */
export function MeetingInside({ step, meetingId, go }: Props): ReactElement {
  return step === 'check' ? (
    <DeviceCheck meetingId={meetingId} go={go} />
  ) : (
    <RoomPage meetingId={meetingId} go={go} />
  );
}
