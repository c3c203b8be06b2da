import type { CheckInMethod } from './fact-types.ts';
import type { CorrectedVerdict } from './watch/correction.ts';
import type { Day, DutyPost, DutySpan } from './watch/duty.ts';
import type { DutyVerdict, DutyWhy } from './watch/verdict.ts';

/*
 * 值班台账. HTTP of the duty ledger: rows by name, for those who may read them; figures without names for
 * everybody. Nothing is ordered by how well somebody did: places come by code, duties by time.
 */

/** GET /api/ledger?region=&from=&to=&verdict=&post=&after= → Page<LedgerRow>, newest first. */
export interface LedgerRow {
  readonly region: string;
  readonly post: DutyPost;
  readonly day: Day;
  readonly span: DutySpan;
  readonly personId: string;
  /** Null where the register does not know this person. */
  readonly name: string | null;
  /** 备班: who was asked to come instead. */
  readonly fallback: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly verdict: DutyVerdict;
  /** Of `unknown` alone. */
  readonly why: DutyWhy | null;
  /** The surest way they checked in, or their fallback where `covered`. */
  readonly method: CheckInMethod | null;
  readonly checkedInAt: string | null;
  /** 签退 that ended the check-in; null = none was heard of. */
  readonly checkedOutAt: string | null;
  readonly checkOutMethod: CheckInMethod | null;
  readonly lateMinutes: number | null;
  /** 补记于: when what settled it came, an hour and more after the duty's end. */
  readonly completedAt: string | null;
  readonly simulated: boolean;
  readonly sampleCamera: boolean;
  /** 更正后: what the newest approved correction says; the finding above stays. Null = none was approved. */
  readonly corrected: CorrectedVerdict | null;
  /** 申诉: a case that waits for somebody; null = none does. */
  readonly openCase: 'appealed' | 'proposed' | null;
}

/** 台账汇总 of one place, of one day, or of the whole. */
export interface DutyFigures {
  /** A region code, a day, or the asked region. */
  readonly of: string;
  readonly verdicts: Readonly<Record<DutyVerdict, number>>;
  readonly methods: Readonly<Record<CheckInMethod, number>>;
  readonly lateMinutes: number;
  readonly completed: number;
}

/** GET /api/ledger/figures?region=&from=&to= */
export interface LedgerFigures {
  readonly whole: DutyFigures;
  /** The divisions right below, by code; those without a duty are left out. */
  readonly byRegion: readonly DutyFigures[];
  readonly byDay: readonly DutyFigures[];
  readonly corrections: CorrectionFigures;
}

/** 更正汇总, beside the original figures: those are never changed by it. */
export interface CorrectionFigures {
  /** Cases of the asked region that wait for somebody, of any period. */
  readonly openCases: number;
  /** 其中更正为: how many findings of the period were corrected to what. */
  readonly moved: readonly {
    readonly from: DutyVerdict;
    readonly to: CorrectedVerdict;
    readonly duties: number;
  }[];
}

/** 请核对. What a person may want to look at; never counted, nothing follows from it. */
export type LedgerHintKind =
  /** Several people checked in at one terminal within a minute, by PIN alone. */
  | 'together'
  /** Two looks of a camera gave the same figures to the last digit. */
  | 'same-figures'
  /** One person on two posts at one time. */
  | 'two-posts';

/** GET /api/ledger/hints?region=&from=&to= → LedgerHint[], newest first, at most `ledgerHints`. */
export interface LedgerHint {
  readonly kind: LedgerHintKind;
  readonly region: string;
  /** When it was, the first of them. */
  readonly at: string;
  readonly people: readonly { readonly personId: string; readonly name: string | null }[];
}

export const ledgerHints = 100;
/** Days one period spans at most. */
export const ledgerDays = 366;
