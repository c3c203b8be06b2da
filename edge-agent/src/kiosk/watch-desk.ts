import type { KioskResult, Refusal } from '@sightline/contracts';
import type { Recognised } from '#domain/decide-check-in.ts';
import { appealDuty, ownDutiesOf } from '#kiosk/appeal.ts';
import type { AppealCommands } from '#kiosk/appeal-routes.ts';
import { checkIn, checkInByPin, type PinRequest } from '#kiosk/check-in.ts';
import { complain, lookUpComplaint, readingsOf, reopenComplaint } from '#kiosk/complain.ts';
import type { ComplaintCommands } from '#kiosk/complain-routes.ts';
import { checkOut, checkOutByPin, openHandOver, openHandOverByPin } from '#kiosk/check-out.ts';
import {
  acceptItems,
  finishItem,
  leaveItem,
  playVoice,
  readItems,
  settleHandOvers,
  type HandOverParts,
} from '#kiosk/hand-over.ts';
import type { HandOverCommands } from '#kiosk/hand-over-routes.ts';
import { enrolFace, mayEnrol, type Collected, type EnrolRequest } from '#kiosk/enrol-face.ts';
import type { Erasing } from '#face/gallery.ts';
import { forgetFace, recordOwedReceipts } from '#kiosk/forget-face.ts';
import type { CourseKeeper } from '#course/course-keeper.ts';
import { handIn, handInByPin } from '#kiosk/courses.ts';
import type { CourseCommands, HandInBody } from '#kiosk/course-routes.ts';
import { oneAtATime } from '#kiosk/one-at-a-time.ts';
import { deliverNotices, owedNotices, readNotice } from '#kiosk/notices.ts';
import type { NoticeReadBody } from '#kiosk/notice-routes.ts';
import {
  answerMeeting,
  mayLook,
  owesLeave,
  sayPresent,
  sayPresentByPin,
  setRemoteLeave,
  setShutter,
  showMeeting,
  tellLeave,
} from '#kiosk/meetings.ts';
import type { MeetingCommands, RollCallBody } from '#kiosk/meeting-routes.ts';
import { setPin, type SetPinRequest } from '#kiosk/set-pin.ts';
import { askAbsence } from '#kiosk/absence.ts';
import type { AbsenceCommands } from '#kiosk/absence-routes.ts';
import { answerShiftChange } from '#kiosk/shift-change.ts';
import type { ShiftChangeCommands } from '#kiosk/shift-change-routes.ts';
import type { EnrolPermit } from '#kiosk/watch-parts.ts';
import {
  answerCheck,
  answerCheckByPin,
  askForCall,
  deliverChecks,
  owedDeliveries,
  showCheck,
} from '#kiosk/spot-check.ts';
import type { CheckPinBody } from '#kiosk/spot-check-routes.ts';
import { withdrawFace } from '#kiosk/withdraw-face.ts';

/** 值守台面. Every command a person may give at the terminal; a refusal is a value. */
export interface WatchDesk extends AsyncDisposable {
  checkIn(recognised: Recognised): Promise<KioskResult | Refusal>;
  checkOut(recognised: Recognised): Promise<KioskResult | Refusal>;
  openHandOver(recognised: Recognised): Promise<KioskResult | Refusal>;
  checkInByPin(request: PinRequest): Promise<KioskResult | Refusal>;
  withdrawFace(request: {
    readonly personId: string;
    readonly pin: string;
  }): Promise<KioskResult | Refusal>;
  setPin(request: SetPinRequest): Promise<Refusal | null>;
  mayEnrol(request: EnrolRequest): Promise<EnrolPermit | Refusal>;
  enrolFace(permit: EnrolPermit, collected: Collected): Promise<KioskResult | Refusal>;
  forgetFace(erasing: Erasing): Promise<boolean>;
  /** Erasures that a power cut kept from becoming facts. */
  recordOwedReceipts(): Promise<void>;
  forgetPin(personId: string): Promise<void>;
  /** 在岗抽查. */
  readonly checks: {
    isOwed(): boolean;
    deliver(): Promise<Refusal | null>;
    shown(checkId: string): Promise<Refusal | null>;
    answer(checkId: string, recognised: Recognised): Promise<KioskResult | Refusal>;
    answerByPin(request: CheckPinBody): Promise<KioskResult | Refusal>;
    askForCall(checkId: string): Promise<Refusal | null>;
  };
  /** 通知. */
  readonly notices: {
    isOwed(): boolean;
    deliver(): Promise<Refusal | null>;
    read(request: NoticeReadBody): Promise<Refusal | null>;
  };
  /** 会议, 远程开启许可, 遮板. */
  readonly meetings: Omit<MeetingCommands, 'startFace' | 'present'> & {
    isOwed(): boolean;
    deliver(): Promise<Refusal | null>;
    present(request: RollCallBody, by: Recognised | 'button'): Promise<KioskResult | Refusal>;
    /** Refused while the shutter is shut. */
    mayLook(): Refusal | null;
  };
  /** 课程: the quiz. */
  readonly courses: Pick<CourseCommands, 'handInByPin'> & {
    handIn(request: HandInBody, by: Recognised): Promise<KioskResult | Refusal>;
  };
  /** 意见, and 谁查看过. */
  readonly complaints: ComplaintCommands;
  /** 签退 by PIN, and 交接班. */
  readonly handOver: Omit<HandOverCommands, 'startCheckOut' | 'startOpening'>;
  /** What a power cut left owed of the hand-over, and what is over. */
  settleHandOvers(): Promise<void>;
  /** 我的值班, and 申诉. */
  readonly appeals: AppealCommands;
  /** 换班, 请假, 顶班. */
  readonly shiftChanges: ShiftChangeCommands;
  /** 外出. */
  readonly absences: AbsenceCommands;
}

/** Opens the desk. Commands run one at a time; `onChange` follows each. */
export function openWatchDesk(
  parts: HandOverParts & { readonly courses: CourseKeeper },
  onChange: () => void,
): WatchDesk {
  const inTurn = oneAtATime();
  const run = <T>(command: () => Promise<T>): Promise<T> => inTurn(command).finally(onChange);
  return {
    checkIn: (recognised) => run(() => checkIn(parts, recognised)),
    checkOut: (recognised) => run(() => checkOut(parts, recognised)),
    openHandOver: ({ personId }) => run(async () => openHandOver(parts, personId)),
    checkInByPin: (request) => run(() => checkInByPin(parts, request)),
    setPin: (request) => run(() => setPin(parts, request)),
    mayEnrol: (request) => run(() => mayEnrol(parts, request)),
    enrolFace: (permit, collected) => run(() => enrolFace(parts, permit, collected)),
    withdrawFace: (request) => run(() => withdrawFace(parts, request)),
    forgetFace: (erasing) => run(() => forgetFace(parts, erasing)),
    recordOwedReceipts: () => run(() => recordOwedReceipts(parts)),
    forgetPin: (personId) => run(async () => parts.records.forgetPin(personId)),
    checks: {
      isOwed: () => owedDeliveries(parts).length > 0,
      deliver: () => run(() => deliverChecks(parts)),
      shown: (checkId) => run(() => showCheck(parts, checkId)),
      answer: (checkId, recognised) => run(() => answerCheck(parts, checkId, recognised)),
      answerByPin: (request) => run(() => answerCheckByPin(parts, request)),
      askForCall: (checkId) => run(() => askForCall(parts, checkId)),
    },
    notices: {
      isOwed: () => owedNotices(parts).length > 0,
      deliver: () => run(() => deliverNotices(parts)),
      read: (request) => run(() => readNotice(parts, request)),
    },
    meetings: {
      isOwed: () => owesLeave(parts),
      deliver: () => run(() => tellLeave(parts)),
      rung: (meetingId) => run(() => showMeeting(parts, meetingId)),
      answer: (request) => run(() => answerMeeting(parts, request)),
      present: (request, by) => run(() => sayPresent(parts, request, by)),
      presentByPin: (request) => run(() => sayPresentByPin(parts, request)),
      setLeave: (request) => run(() => setRemoteLeave(parts, request)),
      // Waits for no other command: it always wins.
      async setShutter(isShut) {
        setShutter(parts, isShut);
        onChange();
        return null;
      },
      mayLook: () => mayLook(parts),
    },
    courses: {
      handIn: (request, by) => run(() => handIn(parts, request, by)),
      handInByPin: (request) => run(() => handInByPin(parts, request)),
    },
    complaints: {
      complain: (request) => run(() => complain(parts, request)),
      lookUp: (receipt) => lookUpComplaint(parts, receipt),
      reopen: (receipt) => run(() => reopenComplaint(parts, receipt)),
      readingsOf: (request) => run(() => readingsOf(parts, request)),
    },
    handOver: {
      checkOutByPin: (request) => run(() => checkOutByPin(parts, request)),
      openByPin: (request) => run(() => openHandOverByPin(parts, request)),
      read: (pass) => readItems(parts, pass),
      leave: (request) => run(() => leaveItem(parts, request)),
      accept: (request) => run(() => acceptItems(parts, request)),
      finish: (request) => run(() => finishItem(parts, request)),
      play: (request) => playVoice(parts, request),
    },
    settleHandOvers: () => run(() => settleHandOvers(parts)),
    appeals: {
      ownDutiesOf: (request) => run(() => ownDutiesOf(parts, request)),
      appeal: (request) => run(() => appealDuty(parts, request)),
    },
    shiftChanges: {
      answer: (request) => run(() => answerShiftChange(parts, request)),
    },
    absences: { ask: (request) => run(() => askAbsence(parts, request)) },
    // What was begun is finished before the records close.
    [Symbol.asyncDispose]: () => inTurn(async () => undefined),
  };
}
