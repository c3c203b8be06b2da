import type { TerminalMeeting } from './terminal-meeting.ts';

/** `planned`: not begun; `ringing`: unanswered, in its time; `open`: it may be joined; `over`. */
export type KioskMeetingPhase = 'planned' | 'ringing' | 'open' | 'over';

/** 会议 at the kiosk: what the terminal was told, and what was said of it here. */
export interface KioskMeeting extends Omit<TerminalMeeting, 'isOver' | 'rollCall'> {
  readonly phase: KioskMeetingPhase;
  readonly answer: 'accepted' | 'declined' | null;
  readonly answeredAt: string | null;
  /** 点名 that is open and asks this village; null = none does. */
  readonly rollCall: {
    readonly round: number;
    readonly until: string;
    /** When this village answered this round; null = not yet. */
    readonly answeredAt: string | null;
  } | null;
}

/** 谁远程开启过. That somebody asked to open this village from afar, and what came of it. */
export interface RemoteOpening {
  readonly meetingId: string;
  readonly title: string;
  readonly by: TerminalMeeting['by'];
  readonly at: string;
  /** `opened`: by itself, as the village allows; `accepted` or `declined` by a touch; null = nothing was said. */
  readonly outcome: 'opened' | 'accepted' | 'declined' | null;
}

/** What the kiosk's page shows of meetings. */
export interface KioskMeetings {
  /** Newest first. */
  readonly list: readonly KioskMeeting[];
  /** The one that rings; null = none. */
  readonly ringing: string | null;
  /** 远程开启许可, given by this person at that time; null = it is not allowed. */
  readonly autoAnswer: { readonly personId: string; readonly at: string } | null;
  /** Newest first. */
  readonly openings: readonly RemoteOpening[];
  /** Where this page may signal to and fetch slides from, as its policy was when it was last asked for. */
  readonly mediaOrigins: readonly string[];
}

/** 镜头遮板. While it is shut no picture and no sound leaves the page or the camera. */
export interface KioskShutter {
  readonly isShut: boolean;
  /** Null = it was never touched. */
  readonly since: string | null;
}
