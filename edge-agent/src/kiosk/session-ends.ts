import { isRefusal, type KioskResult, type Refusal } from '@sightline/contracts';
import type { SessionEnd } from '#face/face-desk-parts.ts';
import type { HandInBody } from '#kiosk/course-routes.ts';
import type { RollCallBody } from '#kiosk/meeting-routes.ts';
import type { SocketHub } from '#kiosk/socket-hub.ts';
import type { WatchDesk } from '#kiosk/watch-desk.ts';
import type { EnrolPermit } from '#kiosk/watch-parts.ts';
import type { TerminalLog } from '#terminal.ts';

interface SessionEndParts {
  readonly desk: WatchDesk;
  readonly hub: SocketHub;
  readonly log: TerminalLog;
}

/** 签到, 签退, opening the hand-over, the answer to a spot check or a roll call, or a quiz handed in. */
export type FaceAim =
  | 'check-in'
  | 'check-out'
  | 'hand-over'
  | { readonly checkId: string }
  | RollCallBody
  | HandInBody;

/** What follows when a face session ends. */
export interface SessionEnds {
  /** What the next check of a face is for; one that nobody asked for is a check-in. */
  aim(aim: FaceAim): void;
  /** The next enrolment session belongs to this permit. */
  permit(permit: EnrolPermit): void;
  meet(end: SessionEnd, isAuto: boolean): Promise<void>;
}

/** Turns the end of a face session into a command, and the command's answer into words for the page. */
export function sessionEnds({ desk, hub, log }: SessionEndParts): SessionEnds {
  let permit: EnrolPermit | null = null;
  let aim: FaceAim = 'check-in';
  async function answerTo(end: SessionEnd, isAuto: boolean): Promise<KioskResult | Refusal> {
    if (end.kind === 'use-pin') return { outcome: 'use-pin', why: end.why };
    if (end.kind === 'refused') return end.refusal;
    if (end.kind === 'matched') {
      const { personId, face } = end;
      const recognised = { method: 'face', personId, face } as const;
      if (isAuto || aim === 'check-in') return desk.checkIn(recognised);
      if (aim === 'check-out') return desk.checkOut(recognised);
      if (aim === 'hand-over') return desk.openHandOver(recognised);
      if ('round' in aim) return desk.meetings.present(aim, recognised);
      if ('answers' in aim) return desk.courses.handIn(aim, recognised);
      return desk.checks.answer(aim.checkId, recognised);
    }
    if (permit?.grant.personId !== end.personId) throw new Error('An enrolment without a permit.');
    return desk.enrolFace(permit, end);
  }
  return {
    aim(next) {
      aim = next;
    },
    permit(next) {
      permit = next;
    },
    async meet(end, isAuto) {
      try {
        const answer = await answerTo(end, isAuto);
        const result = isRefusal(answer)
          ? ({ outcome: 'refused', code: answer.code, detail: answer.detail } as const)
          : answer;
        // Nobody asked: who passes by, or stands there after checking in, is not addressed.
        if (isAuto && result.outcome !== 'checked-in') return;
        hub.tell({ kind: 'result', result });
      } catch (error) {
        log.error({ fault: error instanceof Error ? error.stack : null }, 'A face session failed.');
        const detail = 'The terminal could not record this. It has been logged; try again.';
        hub.tell({ kind: 'result', result: { outcome: 'refused', code: 'fault', detail } });
      }
    },
  };
}
