/*
 * 分级降级. What a link carries, chosen by the server from what it measured: never silent black. One
 * rule for both directions of a seat.
 */

/** Best first. Below `video-64` a still every few seconds, then the voice alone, then text alone. */
export const tiers = ['video-300', 'video-128', 'video-64', 'stills', 'audio', 'text'] as const;
export type Tier = (typeof tiers)[number];

/** What a tier needs, voice of 24 kbit/s and packet headers included; kbit/s of the link. */
export const tierNeedsKbps: Readonly<Record<Tier, number>> = {
  'video-300': 360,
  'video-128': 180,
  'video-64': 110,
  stills: 56,
  audio: 32,
  text: 0,
};

/** Why a seat stands where it stands. */
export type TierReason =
  /** Carries all that is asked. */
  | 'good'
  /** The estimate of the link is below what the better tier needs. */
  | 'bandwidth'
  /** Packets are lost. */
  | 'loss'
  /** Nothing came for a while. */
  | 'stalled'
  /** Nothing spoke against the link yet: better is tried, step by step. */
  | 'starting'
  /** A step up is being tried, or waits for its time after one that failed. */
  | 'recovering'
  /** The venue chose less itself, or sends no picture. */
  | 'chosen';

/** What was measured over the last sample, at least a second long. */
export interface LinkMeasure {
  /** Estimate of what the link carries, kbit/s; null = no estimate. */
  readonly availableKbps: number | null;
  /** Share of packets lost, 0 … 1. */
  readonly lossShare: number;
  /** Since the last packet or report that should have come; milliseconds. */
  readonly silentMs: number;
  /** Whether the link was heard of since it stands where it stands, or nothing of it is expected. */
  readonly isHeard: boolean;
}

export interface TierState {
  readonly tier: Tier;
  readonly reason: TierReason;
  /** When this tier began, milliseconds of a monotonic clock. */
  readonly sinceMs: number;
  /** When the link first looked too weak for the tier; null = it does not. */
  readonly weakSinceMs: number | null;
  /** A step up is tried no earlier. */
  readonly nextTryMs: number;
  /** Tries that failed in a row; each doubles the wait. */
  readonly failedTries: number;
  /** Where the link stood before the venue chose less; null = the link itself sets the tier. */
  readonly chosenFrom: Tier | null;
}

export const tierClocks = {
  /** So long must a link look weak before it is believed. */
  weakMs: 2_000,
  /** Loss above it is weakness whatever the estimate says. */
  lossShare: 0.12,
  /** With no more than this lost a low estimate may be caution alone: nothing much was sent to learn from. */
  calmLossShare: 0.02,
  /** Nothing for so long: the tier falls without waiting for more. */
  silentMs: 4_000,
  /** So long is a step up a trial, judged by loss alone. */
  trialMs: 6_000,
  /** A step up that holds so long has succeeded; given up before, it failed. */
  holdMs: 20_000,
  firstTryMs: 6_000,
  tryMaxMs: 60_000,
} as const;

export function startTier(nowMs: number, tier: Tier = 'video-64'): TierState {
  return {
    tier,
    reason: 'starting',
    sinceMs: nowMs,
    weakSinceMs: null,
    nextTryMs: nowMs + tierClocks.firstTryMs,
    failedTries: 0,
    chosenFrom: null,
  };
}

/**
 * The tier after one more measurement. When a link has looked weak for two seconds: down at once to what the
 * estimate carries, or one step where nothing is lost. Up one step at a time where the link was heard of, judged
 * by loss alone while it is tried for six seconds, and after a try that failed not again before twice as long,
 * at most a minute. `best` caps it: what the venue chose, or its camera gives; a cap says nothing of the link,
 * so when it is lifted the tier is at once what it was, `video-64` at most.
 */
export function chooseTier(
  state: TierState,
  measure: LinkMeasure,
  { nowMs, best = 'video-300' }: { readonly nowMs: number; readonly best?: Tier },
): TierState {
  if (rank(state.tier) < rank(best)) return cap(state, best, nowMs);
  const weakness = weaknessOf(state, { measure, nowMs });
  if (weakness !== null) return whenWeak(state, { measure, weakness, nowMs });
  const isLifted = state.chosenFrom !== null && rank(state.tier) > rank(best);
  if (isLifted) return lift(state, best, nowMs);
  const settled = settle({ ...state, weakSinceMs: null }, nowMs);
  const better = tiers[rank(state.tier) - 1];
  if (better === undefined || rank(better) < rank(best)) {
    if (isOnTrial(settled, nowMs)) return settled;
    const reason = state.tier === best && best !== 'video-300' ? 'chosen' : 'good';
    return { ...settled, reason };
  }
  if (nowMs < settled.nextTryMs) return settled;
  // What is not carried well enough to try more has not just begun any longer.
  if (!measure.isHeard || !isCalm(measure)) return { ...settled, reason: begunReason(settled) };
  return {
    ...settled,
    tier: better,
    reason: state.reason === 'starting' ? 'starting' : 'recovering',
    sinceMs: nowMs,
    nextTryMs: nowMs + tierClocks.trialMs,
  };
}

function begunReason({ reason }: TierState): TierReason {
  return reason === 'starting' ? 'recovering' : reason;
}

/** 0 = best. */
export function rank(tier: Tier): number {
  return tiers.indexOf(tier);
}

/** The worse of two. */
export function worse(one: Tier, other: Tier): Tier {
  return rank(one) > rank(other) ? one : other;
}

/** One step down, never past the voice. */
export function stepDown(tier: Tier): Tier {
  return rank(tier) < rank('audio') ? (tiers[rank(tier) + 1] ?? tier) : tier;
}

export function carriesVideo(tier: Tier): boolean {
  return rank(tier) < rank('stills');
}

export function carriesVoice(tier: Tier): boolean {
  return tier !== 'text';
}

/** A step that was just tried: what the link carries of it is not known yet. */
export function isOnTrial(state: TierState, nowMs: number): boolean {
  return isTried(state) && nowMs - state.sinceMs < tierClocks.trialMs;
}

function isTried({ reason }: TierState): boolean {
  return reason === 'starting' || reason === 'recovering';
}

/** An estimate below it says that the link does not carry the tier; kbit/s. */
export function leastKbps(tier: Tier): number {
  return tierNeedsKbps[tier] * 0.85;
}

function weaknessOf(
  state: TierState,
  { measure, nowMs }: { readonly measure: LinkMeasure; readonly nowMs: number },
): TierReason | null {
  const { tier } = state;
  if (tier === 'text') return null;
  if (measure.silentMs >= tierClocks.silentMs) return 'stalled';
  if (measure.lossShare > tierClocks.lossShare) return 'loss';
  // An estimate learns from what is sent: of a step just tried it knows nothing yet.
  if (isOnTrial(state, nowMs) && isCalm(measure)) return null;
  const { availableKbps } = measure;
  return availableKbps !== null && availableKbps < leastKbps(tier) ? 'bandwidth' : null;
}

function isCalm({ lossShare }: LinkMeasure): boolean {
  return lossShare <= tierClocks.calmLossShare;
}

function whenWeak(
  state: TierState,
  seen: { readonly measure: LinkMeasure; readonly weakness: TierReason; readonly nowMs: number },
): TierState {
  const { measure, weakness, nowMs } = seen;
  const weakSinceMs = state.weakSinceMs ?? nowMs;
  const isBelieved = weakness === 'stalled' || nowMs - weakSinceMs >= tierClocks.weakMs;
  if (!isBelieved) return { ...state, weakSinceMs };
  return { ...fall(state, carried(state.tier, measure), nowMs), reason: weakness };
}

/**
 * The best tier below this one that the estimate carries; without an estimate, or a loss, one step down.
 * Never past the voice: an estimate in the middle of a jam is no reason to be silent.
 */
function carried(tier: Tier, measure: LinkMeasure): Tier {
  const { availableKbps, silentMs } = measure;
  const below = tiers.slice(rank(tier) + 1);
  const next = below[0] ?? 'text';
  const isStalled = silentMs >= tierClocks.silentMs;
  if (availableKbps === null || (isCalm(measure) && !isStalled)) return next;
  const best = below.find((lower) => tierNeedsKbps[lower] <= availableKbps) ?? 'text';
  return best === 'text' && tier !== 'audio' ? 'audio' : best;
}

/** The venue chose less: no word about its link, and no try that failed. */
function cap(state: TierState, best: Tier, nowMs: number): TierState {
  const chosenFrom = state.chosenFrom ?? state.tier;
  return {
    ...startTier(nowMs, best),
    failedTries: state.failedTries,
    reason: 'chosen',
    chosenFrom,
  };
}

/** The venue chose more again. What its link carries beyond the least picture is found by trying. */
function lift(state: TierState, best: Tier, nowMs: number): TierState {
  const known = worse(state.chosenFrom ?? 'video-64', 'video-64');
  if (rank(best) > rank(known)) return cap(state, best, nowMs);
  if (rank(state.tier) <= rank(known)) return { ...state, chosenFrom: null };
  return { ...startTier(nowMs, known), reason: 'recovering', failedTries: state.failedTries };
}

function fall(state: TierState, tier: Tier, nowMs: number): TierState {
  const isTry = isTried(state) || state.reason === 'good';
  const isSoon = nowMs - state.sinceMs < tierClocks.holdMs;
  const failed = isSoon ? state.failedTries : 0;
  const failedTries = isTry && isSoon ? failed + 1 : failed;
  const waitMs = Math.min(tierClocks.firstTryMs * 2 ** failedTries, tierClocks.tryMaxMs);
  return {
    tier,
    reason: state.reason,
    sinceMs: nowMs,
    weakSinceMs: null,
    nextTryMs: nowMs + waitMs,
    failedTries,
    chosenFrom: null,
  };
}

/** A try that held is forgotten as a try. */
function settle(state: TierState, nowMs: number): TierState {
  const held = isTried(state) && nowMs - state.sinceMs >= tierClocks.holdMs;
  return held ? { ...state, failedTries: 0 } : state;
}
