import { venueSeat, type KioskMeeting, type KioskMeetings } from '@sightline/contracts';
import { isJoined, knownOf, phaseOf, ringingMeeting } from '#domain/meeting.ts';
import type { KioskRecords } from '#kiosk/kiosk-records.ts';
import { mediaOriginsOf } from '#kiosk/media-origins.ts';
import type { Terminal } from '#terminal.ts';

interface MeetingParts {
  readonly terminal: Terminal;
  readonly records: KioskRecords;
}

/** Whether a meeting goes on that somebody here said yes to. */
export function isInMeeting({ terminal, records }: MeetingParts): boolean {
  const known = records.meetings.known();
  const now = Temporal.Instant.from(terminal.clock.now().at);
  const time = { now, isCertain: terminal.state().clockCertain };
  const meetings = terminal.desired()?.meetings ?? [];
  return meetings.some((meeting) => isJoined(meeting, knownOf(known, meeting.meetingId), time));
}

/** What the page shows of meetings: the one that rings, those that are open or planned, who opened from afar. */
export function readMeetings(
  { terminal, records }: MeetingParts,
  now: Temporal.Instant,
): KioskMeetings {
  const meetings = terminal.desired()?.meetings ?? [];
  const known = records.meetings.known();
  const { clockCertain, region } = terminal.state();
  const time = { now, isCertain: clockCertain };
  const leave = records.meetings.leave();
  return {
    ringing: ringingMeeting(meetings, known, time)?.meetingId ?? null,
    list: meetings.map((meeting): KioskMeeting => {
      const { isOver: _, rollCall, ...told } = meeting;
      const mine = knownOf(known, meeting.meetingId);
      const isAsked =
        rollCall !== null &&
        rollCall.isOpen &&
        !meeting.isOver &&
        (rollCall.asked === null || rollCall.asked.includes(venueSeat(region ?? '')));
      return {
        ...told,
        phase: phaseOf(meeting, mine, time),
        answer: mine?.answer ?? null,
        answeredAt: mine?.answeredAt ?? null,
        rollCall: isAsked
          ? {
              round: rollCall.round,
              until: rollCall.until,
              answeredAt: mine !== null && mine.round >= rollCall.round ? mine.roundAt : null,
            }
          : null,
      };
    }),
    autoAnswer:
      leave !== null && leave.isAllowed ? { personId: leave.personId, at: leave.at } : null,
    openings: records.meetings.openings(),
    mediaOrigins: mediaOriginsOf({ terminal, records }),
  };
}
