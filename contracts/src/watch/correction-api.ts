import Type, { type Static } from 'typebox';
import type { CheckInMethod } from '../fact-types.ts';
import { uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import type { LedgerRow } from '../ledger-api.ts';
import {
  correctionLimits,
  type AppealReason,
  type CorrectedVerdict,
  type CorrectionState,
  type ProposedVerdict,
} from './correction.ts';
import {
  AppealReasonWord,
  CorrectedDuty,
  CorrectionDecision,
  ProposedVerdictWord,
} from './correction-facts.ts';
import type { DutyVerdict } from './verdict.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Village = Type.String({ pattern: regionPattern, minLength: 12 });

/** POST /api/corrections/appeal → {correctionId, state}: on the person's word; the page makes the id. */
export const AppealRequest = Type.Object(
  {
    region: Village,
    correctionId: Uuid,
    duty: CorrectedDuty,
    reason: AppealReasonWord,
    /** Empty = nothing beside the reason. */
    text: Type.String({ maxLength: correctionLimits.textChars }),
  },
  closed,
);
export type AppealRequest = Static<typeof AppealRequest>;

/**
 * POST /api/corrections/propose → {correctionId, state}: answers the appeal of that id, or begins a case
 * under a new one.
 */
export const ProposeCorrectionRequest = Type.Object(
  {
    region: Village,
    correctionId: Uuid,
    duty: CorrectedDuty,
    verdict: ProposedVerdictWord,
    reason: AppealReasonWord,
  },
  closed,
);
export type ProposeCorrectionRequest = Static<typeof ProposeCorrectionRequest>;

/** POST /api/corrections/:correctionId/decide → {correctionId, state}, by another account. */
export const DecideCorrectionRequest = Type.Object({ decision: CorrectionDecision }, closed);

/** Who did a step: both clocks where a terminal said it. */
export interface CorrectionStep {
  /** By the clock of whoever said it. */
  readonly at: string;
  /** Login; null = no account of the centre: the person at a terminal. */
  readonly by: string | null;
  /** It was this very account that looks now. */
  readonly isOwn: boolean;
}

/** One case, whole: nothing of it is ever taken away. */
export interface CorrectionView {
  readonly correctionId: string;
  readonly region: string;
  readonly duty: CorrectedDuty;
  readonly startsAt: string;
  readonly personId: string;
  readonly name: string | null;
  readonly state: CorrectionState;
  readonly appeal:
    | (CorrectionStep & {
        readonly reason: AppealReason;
        /** When the centre had it. */
        readonly receivedAt: string;
        readonly terminalId: string | null;
        readonly text: string;
        /** Why own words cannot be read; null = they can, or there were none. */
        readonly gone: 'not-opened' | 'unreadable' | 'erased' | null;
      })
    | null;
  readonly proposal:
    | (CorrectionStep & {
        readonly reason: AppealReason;
        readonly verdict: ProposedVerdict;
        /** What the ledger said when it was proposed. */
        readonly original: DutyVerdict;
      })
    | null;
  readonly decision: CorrectionStep | null;
  /** What the ledger says now; null = 等待记录: no row of such a duty is here (yet). */
  readonly found: DutyVerdict | null;
  /** What an earlier approved case of this duty says; null = none does. */
  readonly corrected: CorrectedVerdict | null;
  /** It is about whoever looks, or was said by them under another account: they may not decide it. */
  readonly isOwnMatter: boolean;
}

/** A check-in around a duty: both clocks, and how sure it is who it was. */
export interface DutyEvidence {
  readonly at: string;
  /** By the device's clock as it was set right afterwards; equal to `at` where nothing was. */
  readonly effectiveAt: string;
  readonly receivedAt: string;
  /** False = the clock was never set: the time is a guess. */
  readonly certain: boolean;
  readonly personId: string;
  readonly name: string | null;
  readonly method: CheckInMethod;
  readonly terminalId: string;
  readonly sampleCamera: boolean;
  readonly simulated: boolean;
}

/** GET /api/ledger/duty?region=VILLAGE&post=&starts=&purpose= (audited). */
export interface LedgerDutyView {
  /** The original, as the ledger judged it. */
  readonly row: LedgerRow;
  readonly evidence: readonly DutyEvidence[];
  /** The cases of this duty, the first one first. */
  readonly chain: readonly CorrectionView[];
}
