import type { KioskCourse, KioskQuizResult } from './course/kiosk-course.ts';
import type { SelfTest } from './device-health.ts';
import type { CheckInMethod } from './fact-types.ts';
import type { PartHealth } from './health.ts';
import type { KioskMeetings, KioskShutter } from './meeting/kiosk-meeting.ts';
import type { RollCallMethod } from './meeting/meeting.ts';
import type { RosterPerson } from './terminal.ts';
import type { TerminalCheck } from './watch/terminal-check.ts';
import type { DutyDay, KioskHandOver } from './watch/kiosk-duty.ts';
import type { TerminalNotice } from './watch/terminal-notice.ts';

/** WebSocket /api/kiosk, text frames, agent → page. */
export type KioskMessage =
  | { readonly kind: 'state'; readonly state: KioskState }
  | {
      readonly kind: 'guide';
      readonly guide: Guide;
      /** Good frames so far and how many are needed; null where there is nothing to count. */
      readonly progress: { readonly frames: number; readonly of: number } | null;
    }
  | { readonly kind: 'result'; readonly result: KioskResult };

/** What to do next, while a face session runs. */
export type Guide =
  | 'look-at-camera'
  | 'come-closer'
  | 'step-back'
  | 'too-dark'
  | 'too-bright'
  | 'hold-still'
  | 'one-person-only'
  | 'face-the-camera'
  | 'blink'
  | 'turn-left'
  | 'turn-right'
  | 'use-pin'
  | 'camera-absent';

/** Why a face session ended without a name. Each has one way out: the PIN. */
export type UsePinReason =
  | 'not-recognised'
  | 'too-long'
  /** Passive liveness, or a picture that does not move as a head does. */
  | 'not-live'
  | 'challenge-failed'
  /** Frames that were shown before. */
  | 'replayed'
  /** The camera's face changed while the challenge ran. */
  | 'face-changed'
  | 'eyes-unavailable';

export type KioskResult =
  | {
      readonly outcome: 'checked-in' | 'already-checked-in' | 'checked-out' | 'already-checked-out';
      readonly personId: string;
      readonly shift: string;
      readonly at: string;
      readonly method: CheckInMethod;
      /** True while the fact waits for the link. */
      readonly waiting: boolean;
      /** Opens the hand-over for this person, for some minutes. */
      readonly pass: string;
    }
  | {
      readonly outcome: 'check-answered';
      readonly checkId: string;
      readonly personId: string;
      readonly at: string;
      readonly method: CheckInMethod;
      /** After the end by this terminal's clock; kept all the same. */
      readonly isLate: boolean;
      readonly waiting: boolean;
    }
  | {
      readonly outcome: 'meeting-present';
      readonly meetingId: string;
      readonly round: number;
      /** null = by button: nobody said who. */
      readonly personId: string | null;
      readonly at: string;
      readonly method: RollCallMethod;
      readonly waiting: boolean;
    }
  | KioskQuizResult
  | { readonly outcome: 'hand-over'; readonly personId: string; readonly pass: string }
  | { readonly outcome: 'enrolled'; readonly personId: string; readonly frames: number }
  | { readonly outcome: 'withdrawn'; readonly personId: string }
  | { readonly outcome: 'use-pin'; readonly why: UsePinReason }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string };

export type CameraState = 'ready' | 'absent' | 'busy' | 'failed';

/** WebSocket /api/kiosk, text frames, page → agent. */
export type KioskPageMessage =
  /** How the camera is that the page owns. */
  | { readonly kind: 'camera'; readonly state: CameraState; readonly detail: string | null }
  /** How many whole pictures a second of the agent's camera this page wants for a meeting; 0 = none. */
  | { readonly kind: 'pictures'; readonly perS: number }
  /** The last picture of the agent's camera was dealt with: the next may come. */
  | { readonly kind: 'picture-seen' };

/** 在岗抽查 at the kiosk: why and by whom, and what was done here. */
export interface KioskCheck extends TerminalCheck {
  readonly isOpen: boolean;
  /** Null = it is being noted just now. */
  readonly deliveredAt: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  readonly callAskedAt: string | null;
}

/** 通知 at the kiosk, and what was said of it here. */
export interface KioskNotice extends TerminalNotice {
  /** Null = nobody has said so here yet. */
  readonly readAt: string | null;
  /** Whose PIN signed for it; null = it was read without one. */
  readonly readBy: string | null;
}

export interface KioskState {
  readonly terminalId: string | null;
  /** `not-enrolled` asks for the one-time code; `finished` = forked or revoked, enrol again. */
  readonly enrolment: 'not-enrolled' | 'enrolled' | 'finished';
  readonly placeNames: readonly string[];
  readonly region: string | null;
  readonly link: { readonly state: 'up' | 'down'; readonly since: string };
  readonly outbox: {
    readonly waiting: number;
    readonly oldestAt: string | null;
    readonly deadLetters: number;
  };
  readonly shift: { readonly key: string; readonly from: string; readonly to: string };
  readonly onDuty: readonly { readonly personId: string; readonly at: string }[];
  /** 今日班次; null = the village has no roster here, or none that reaches today. */
  readonly dutyDay: DutyDay | null;
  /** 交接 that is open, the oldest first. */
  readonly handOvers: readonly KioskHandOver[];
  readonly people: readonly (RosterPerson & {
    readonly hasFace: boolean;
    readonly hasPin: boolean;
    /** 换班: a request waits for this person's word. */
    readonly isAsked: boolean;
  })[];
  /** The check that rings; null = none. */
  readonly ringing: string | null;
  /** 谁抽查过我, newest first. */
  readonly checks: readonly KioskCheck[];
  /** 通知, newest first. */
  readonly notices: readonly KioskNotice[];
  readonly meetings: KioskMeetings;
  readonly shutter: KioskShutter;
  /** 课程, assigned last first. */
  readonly courses: readonly KioskCourse[];
  readonly camera: {
    /** `page`: the kiosk page owns it; `agent`: ffmpeg; frames of the agent's come as previews. */
    readonly owner: 'page' | 'agent';
    readonly state: CameraState;
    readonly detail: string | null;
    /** It plays recorded footage; the page says so. */
    readonly isSample: boolean;
  };
  readonly session: 'idle' | 'check-in' | 'enrol';
  readonly faceEnabled: boolean;
  /** Until when faces are not looked at after too many failures; null = they are. The PIN is the way out. */
  readonly faceLockedUntil: string | null;
  readonly simulated: boolean;
  readonly demo: boolean;
  /** 设备自检: the last one here; null = never. */
  readonly selfTest: SelfTest | null;
  readonly clockCertain: boolean;
  readonly at: string;
  readonly parts: readonly PartHealth[];
}

/**
 * WebSocket binary frames, both ways: 12-byte little-endian header (u16 width, u16 height, u32 counter,
 * u32 reserved 0), then width × height × 3 bytes RGB. Page → agent when the page owns the camera;
 * agent → page when the agent does: a preview (≤ 320 px wide) while a face is looked at, whole pictures
 * at the pace it asked for to a page in a meeting.
 */
export const frameHeaderBytes = 12;
export const frameLimits = { widthPx: 1920, heightPx: 1080, bytes: 12 + 1920 * 1080 * 3 } as const;
