import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { correctionLimits, type AppealReason, type ProposedVerdict } from './correction.ts';
import { AppealReasonWord, CorrectedDuty } from './correction-facts.ts';
import type { DutySpan, DutyPost } from './duty.ts';
import type { OwnAbsence } from './kiosk-absence.ts';
import type { OwnShiftChange } from './kiosk-shift-change.ts';

/** 我的值班 at the kiosk: one duty of the last days, and what is known of it here. */
export interface OwnDuty {
  readonly post: DutyPost;
  readonly day: string;
  readonly span: DutySpan;
  readonly from: string;
  readonly to: string;
  /** This terminal's own word; the ledger of the centre may know more. Null = no check-in was made here. */
  readonly checkedInAt: string | null;
  /** An appeal of this duty was made here; null = none. */
  readonly appeal: { readonly reason: AppealReason; readonly at: string } | null;
}

/** 等待办理, 已更正, 维持原记录, 并入另一件. */
export type OwnAppealState = 'waiting' | 'upheld' | 'turned-down' | 'joined';

/** 我的申诉: one appeal and what became of it. */
export interface OwnAppeal {
  readonly appealId: string;
  readonly duty: CorrectedDuty;
  readonly reason: AppealReason;
  readonly at: string;
  readonly state: OwnAppealState;
  /** What two people decided, why, and when; null before. */
  readonly outcome: {
    readonly verdict: ProposedVerdict;
    readonly why: AppealReason;
    readonly decidedAt: string;
  } | null;
}

/** POST /api/own-duties at the kiosk, after the person's own PIN: all newest first. */
export interface OwnDuties {
  readonly duties: readonly OwnDuty[];
  readonly changes: readonly OwnShiftChange[];
  readonly appeals: readonly OwnAppeal[];
  readonly absences: readonly OwnAbsence[];
}

/** POST /api/appeal at the kiosk → OwnDuty, after the person's own PIN; the page makes the id. */
export const KioskAppealRequest = Type.Object(
  {
    personId: Type.String({ pattern: uuidPattern }),
    pin: Type.String({ pattern: '^[0-9]{6}$' }),
    appealId: Type.String({ pattern: uuidPattern }),
    duty: CorrectedDuty,
    reason: AppealReasonWord,
    text: Type.String({ maxLength: correctionLimits.textChars }),
  },
  { additionalProperties: false },
);
export type KioskAppealRequest = Static<typeof KioskAppealRequest>;
