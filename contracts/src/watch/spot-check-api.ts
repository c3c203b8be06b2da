import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import type { CheckMethod, CheckState } from './fold-spot-check.ts';
import { spotCheckLimits, type LeftOutReason } from './spot-check.ts';
import { SpotCheckReason, SpotCheckSeconds } from './spot-check-facts.ts';

/*
 * 在岗抽查 between the console and the centre. Names stand in SpotCheckView alone.
 */

const closed = { additionalProperties: false } as const;
const Region = Type.String({ pattern: regionPattern });

/** POST /api/spot-checks → {checkId} */
export const OrderSpotCheckRequest = Type.Object(
  {
    checkId: Type.String({ pattern: uuidPattern }),
    region: Region,
    reason: SpotCheckReason,
    /** Shown to the village; empty = none. */
    note: Type.String({ maxLength: spotCheckLimits.noteChars }),
    seconds: SpotCheckSeconds,
  },
  closed,
);
export type OrderSpotCheckRequest = Static<typeof OrderSpotCheckRequest>;

/** POST /api/spot-checks/:checkId/withdraw → {checkId} */
export const WithdrawSpotCheckRequest = Type.Object({}, closed);

/** POST /api/spot-checks/:checkId/call-back → {checkId, region} */
export const CallBackRequest = Type.Object({ region: Region, reached: Type.Boolean() }, closed);

/** A village that will not ring, and why. */
export interface LeftOutVillage {
  readonly region: string;
  readonly why: LeftOutReason;
}

/** GET /api/spot-checks/plan?region= : what an order would do now. */
export interface SpotCheckPlan {
  readonly rings: number;
  readonly leftOut: readonly LeftOutVillage[];
  readonly perVillageAndDay: number;
  /** Orders this account may still give within the hour. */
  readonly ordersLeft: number;
}

/** 漏斗. Each figure includes the ones after it; within what the asker may see. */
export interface SpotCheckFunnel {
  readonly rung: number;
  readonly delivered: number;
  readonly shown: number;
  /** In time, or spoken to by the call the village asked for. */
  readonly answered: number;
  readonly tooLate: number;
  readonly answeredLate: number;
  readonly callsWaiting: number;
}

/** GET /api/spot-checks?region=&before=&purpose=duty-watch (audited), newest first. */
export interface SpotCheckLine extends SpotCheckFunnel {
  readonly checkId: string;
  readonly region: string;
  readonly reason: SpotCheckReason;
  readonly note: string;
  readonly seconds: number;
  /** Login of the account that ordered it. */
  readonly by: string;
  readonly orderedAt: string;
  readonly until: string;
  readonly withdrawnAt: string | null;
}

/** One village of a check, without names. */
export interface SpotCheckVillage {
  readonly region: string;
  readonly state: CheckState;
  readonly deliveredAt: string | null;
  readonly shownAt: string | null;
  readonly answeredAt: string | null;
  readonly cameTooLateAt: string | null;
  readonly answeredLateAt: string | null;
  /** `call`: spoken to on the telephone. */
  readonly method: CheckMethod | 'call' | null;
  /** From shown to answered; null = not known. */
  readonly answerMs: number | null;
  /** From the order to the answer, by the server's clock; null = not reached in time. */
  readonly reachMs: number | null;
  readonly callAskedAt: string | null;
  readonly calledBackAt: string | null;
  readonly calledBackReached: boolean | null;
}

/** GET /api/spot-checks/:checkId/funnel?region= : figures and villages without names, to be polled. */
export interface SpotCheckProgress {
  readonly at: string;
  readonly funnel: SpotCheckFunnel;
  readonly villages: readonly SpotCheckVillage[];
  /** Milliseconds; null = more than that share has not answered. */
  readonly reachP50Ms: number | null;
  readonly reachP95Ms: number | null;
}

/** GET /api/spot-checks/:checkId?region=&purpose=duty-watch (audited): with who answered. */
export interface SpotCheckView extends SpotCheckLine {
  readonly leftOut: readonly LeftOutVillage[];
  readonly answers: readonly { readonly region: string; readonly name: string }[];
}

/** 可达时长 of one region over a period: half, and 95 in a hundred, of the rings were answered within. */
export interface ReachabilityLine {
  readonly region: string;
  readonly rings: number;
  readonly answered: number;
  /** Milliseconds from the order; null = so many were not reached. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** 上级应答时长: how fast the upper levels answered villages. */
export interface ReciprocalLine {
  /**
   * A village's wish to be called → called; a complaint → taken up, and → answered; nobody came and
   * the township or county was told → somebody there confirmed it.
   */
  readonly of: 'call-back' | 'complaint' | 'complaint-answer' | 'ladder';
  readonly asked: number;
  readonly answered: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** GET /api/reachability?region=&from=&to= : days in Asia/Shanghai, both included. */
export interface Reachability {
  readonly whole: ReachabilityLine;
  /** One level down, in the order of their codes. */
  readonly below: readonly ReachabilityLine[];
  /** Newest day first. */
  readonly days: readonly (Omit<ReachabilityLine, 'region'> & { readonly day: string })[];
  readonly reciprocal: readonly ReciprocalLine[];
}
