import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { correctionLimits, type AppealReason } from './correction.ts';
import { AppealReasonWord, CorrectedDuty } from './correction-facts.ts';
import type { DutySpan, DutyPost } from './duty.ts';

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
