import type {
  ComplaintReceipt,
  ComplaintStanding,
  GrantPurpose,
  KioskResult,
  Reading,
} from '@sightline/contracts';
import type { Aim } from './aim.ts';
import type { OwnDutiesRoute } from './appeal/appeal-route.ts';
import type { CourseRoute } from './course/course-route.ts';
import type { ComplaintDraft } from './complaint/complaint-draft.ts';
import type { HandOverDraft } from './duty/hand-over-draft.ts';
import type { OwnPin } from './link/api.ts';
import type { MeetingRoute } from './meeting/meeting-route.ts';

/** An answer that fills the screen. */
export type Answered =
  | Exclude<KioskResult, { readonly outcome: 'hand-over' | 'meeting-present' | 'course-completed' }>
  | { readonly outcome: 'pin-set'; readonly personId: string };

/** Where the page is: all of it, so that any picture can be put on the screen at once. */
export type Route =
  | { readonly page: 'home' }
  /** `isAsked` false: the agent saw somebody and began by itself. */
  | { readonly page: 'check-in'; readonly isAsked: boolean; readonly aim?: Aim | undefined }
  | PinRoute
  /** The witness after the own PIN: first who it is, then that person's PIN. */
  | {
      readonly page: 'witness';
      readonly own: OwnPin;
      readonly witnessId: string | null;
      readonly aim?: Aim | undefined;
    }
  | { readonly page: 'people' }
  | { readonly page: 'person'; readonly personId: string }
  | { readonly page: 'consent'; readonly personId: string }
  | { readonly page: 'withdraw'; readonly personId: string; readonly isSure: boolean }
  | { readonly page: 'code'; readonly personId: string; readonly purpose: GrantPurpose }
  | { readonly page: 'enrol'; readonly personId: string; readonly code: string }
  | { readonly page: 'new-pin'; readonly personId: string; readonly code: string }
  | { readonly page: 'self-test' }
  | { readonly page: 'checks' }
  | CheckRoute
  | { readonly page: 'notices' }
  | { readonly page: 'courses' }
  | CourseRoute
  | NoticeRoute
  | MeetingRoute
  | ComplaintRoute
  | HandOverRoute
  | OwnDutiesRoute
  /** Null: the own PIN is asked for. */
  | {
      readonly page: 'readings';
      readonly personId: string;
      readonly readings: readonly Reading[] | null;
    }
  | { readonly page: 'result'; readonly answer: Answered; readonly aim?: Aim | undefined };

/** 意见: said in one step; words and a number only for whoever wants them. */
export type ComplaintRoute = { readonly page: 'complaint' } & (
  | { readonly step: 'say' | 'write' | 'contact'; readonly draft: ComplaintDraft }
  | { readonly step: 'done'; readonly receipt: ComplaintReceipt }
  | { readonly step: 'look-up' }
  | { readonly step: 'standing'; readonly standing: ComplaintStanding }
);

/** 在岗抽查: it rings, or is being answered. */
export type CheckRoute = { readonly page: 'spot-check'; readonly checkId: string } & (
  | { readonly step: 'ring' | 'face' }
  | { readonly step: 'pin'; readonly personId: string | null }
);

/** 交接班, by the pass of whoever proved themselves. */
export type HandOverRoute = { readonly page: 'hand-over'; readonly pass: string } & (
  | { readonly step: 'accept' | 'list' }
  | { readonly step: 'leave' | 'write' | 'record'; readonly draft: HandOverDraft }
);

/** 通知: it is read, or signed for by somebody's PIN. */
export type NoticeRoute = { readonly page: 'notice'; readonly noticeId: string } & (
  | { readonly step: 'read' }
  | { readonly step: 'pin'; readonly personId: string | null }
);

export interface PinRoute {
  readonly page: 'pin';
  readonly personId: string | null;
  readonly hasWitness: boolean;
  readonly aim?: Aim | undefined;
  /** Why the PIN is asked for once more. */
  readonly refused?: string;
}

export type Go = (route: Route) => void;

export const home: Route = { page: 'home' };

/** 密码签到 from its beginning. */
export const byPin: PinRoute = { page: 'pin', personId: null, hasWitness: false };

/** Where an answer leads: it fills the screen, or opens the hand-over; those of other pages lead nowhere. */
export function routeOf(answer: KioskResult, aim?: Aim): Route {
  if (answer.outcome === 'meeting-present' || answer.outcome === 'course-completed') return home;
  if (answer.outcome !== 'hand-over') return { page: 'result', answer, aim };
  return { page: 'hand-over', step: 'list', pass: answer.pass };
}

/** A page that nobody touches for so long goes back to the beginning. */
export const idleHomeMs = 60_000;
/** One that somebody speaks at or listens to. */
export const idleListeningMs = 150_000;

/** Who reads a long text touches nothing. */
export const idleReadingMs = 300_000;
