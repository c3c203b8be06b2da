import type { KioskMeeting } from '@sightline/contracts';
import { useNow } from '@sightline/look';
import { useKiosk, useLinkView } from '../link/use-kiosk.ts';

export interface MeetingRing {
  readonly meeting: KioskMeeting;
  readonly secondsLeft: number;
}

/** The meeting that rings now, by the terminal's clock; null where none does. It ends on the second. */
export function useMeetingRing(): MeetingRing | null {
  const { state, clockOffsetMs } = useLinkView();
  const now = useNow().add({ milliseconds: clockOffsetMs });
  const meeting = state?.meetings.list.find(
    ({ meetingId }) => meetingId === state.meetings.ringing,
  );
  if (meeting === undefined) return null;
  const left = now.until(Temporal.Instant.from(meeting.ringUntil)).total('seconds');
  return left > 0 ? { meeting, secondsLeft: Math.ceil(left) } : null;
}

export function useMeetingOf(meetingId: string): KioskMeeting | null {
  const { meetings } = useKiosk();
  return meetings.list.find((one) => one.meetingId === meetingId) ?? null;
}

/** Whether this meeting opens here without a touch: the caller asks, the village allows, the shutter is open. */
export function useOpensByItself(): (meeting: KioskMeeting) => boolean {
  const { meetings, shutter } = useKiosk();
  return ({ isRemoteOpening }) =>
    isRemoteOpening && meetings.autoAnswer !== null && !shutter.isShut;
}
