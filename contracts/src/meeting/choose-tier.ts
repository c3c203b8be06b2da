import { isJammed, isLate, isPrompt, type LinkMeasure } from './link-measure.ts';
import {
  isOnTrial,
  isTried,
  leastKbps,
  rank,
  startTier,
  tierClocks,
  tierNeedsKbps,
  tiers,
  worse,
  type Tier,
  type TierReason,
  type TierState,
} from './tier.ts';

/**
 * The tier after one more measurement. When a link has looked weak for two seconds, or answers two seconds late: down
 * at once to what the estimate carries, or one step where nothing is lost; out of a jam, to the voice alone. Up one step
 * at a time where the link was heard of, judged by loss and lateness alone while it is tried for six seconds, and after
 * a try that failed not again before twice as long, at most a minute. `best` caps it: what the venue chose, or its camera gives; a cap says nothing of the link,
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
  const settled = settle({ ...state, weakSinceMs: null }, measure, nowMs);
  const better = tiers[rank(state.tier) - 1];
  if (better === undefined || rank(better) < rank(best)) {
    if (isOnTrial(settled, nowMs)) return settled;
    const reason = state.tier === best && best !== 'video-300' ? 'chosen' : 'good';
    return { ...settled, reason };
  }
  if (nowMs < settled.nextTryMs) return settled;
  // What is not carried well enough to try more has not just begun any longer.
  if (!isEasy(measure)) return { ...settled, reason: begunReason(settled) };
  return {
    ...settled,
    tier: better,
    reason: state.reason === 'starting' ? 'starting' : 'recovering',
    sinceMs: nowMs,
    nextTryMs: nowMs + waitAbove(better, settled),
  };
}

function begunReason({ reason }: TierState): TierReason {
  return reason === 'starting' ? 'recovering' : reason;
}

interface Seen {
  readonly measure: LinkMeasure;
  readonly nowMs: number;
}

function weaknessOf(state: TierState, { measure, nowMs }: Seen): TierReason | null {
  const { tier } = state;
  if (tier === 'text') return null;
  if (measure.silentMs >= tierClocks.silentMs) return 'stalled';
  if (isLate(state, measure) || isJammed(state, measure)) return 'bandwidth';
  const most = tier === 'audio' ? tierClocks.voiceLossShare : tierClocks.lossShare;
  if (measure.lossShare > most) return 'loss';
  // An estimate learns from what is sent: of a step just tried it knows nothing yet.
  if (isOnTrial(state, nowMs) && isCalm(measure)) return null;
  const { availableKbps } = measure;
  return availableKbps !== null && availableKbps < leastKbps(tier) ? 'bandwidth' : null;
}

function isCalm({ lossShare }: LinkMeasure): boolean {
  return lossShare <= tierClocks.calmLossShare;
}

/** Carried well enough to try more. */
function isEasy(measure: LinkMeasure): boolean {
  return measure.isHeard && isCalm(measure) && isPrompt(measure);
}

function whenWeak(state: TierState, seen: Seen & { readonly weakness: TierReason }): TierState {
  const { measure, weakness, nowMs } = seen;
  const weakSinceMs = state.weakSinceMs ?? nowMs;
  const isJam = isJammed(state, measure);
  const isStuck = isJam || weakness === 'stalled';
  const isBelieved = isStuck || isLate(state, measure) || nowMs - weakSinceMs >= tierClocks.weakMs;
  if (!isBelieved) return { ...state, weakSinceMs };
  const unstuck = state.tier === 'audio' ? 'text' : 'audio';
  const tier = isStuck ? unstuck : carried(state.tier, measure);
  const fallen = { ...fall(state, tier, nowMs), reason: weakness };
  return isJam && tier === 'text' ? emptying(fallen, measure, nowMs) : fallen;
}

/**
 * The best tier below this one that the estimate carries; without an estimate, or a loss, one step down. Never past
 * the voice: an estimate in the middle of a jam is no reason to be silent.
 */
function carried(tier: Tier, measure: LinkMeasure): Tier {
  const { availableKbps } = measure;
  const below = tiers.slice(rank(tier) + 1);
  const next = below[0] ?? 'text';
  if (availableKbps === null || isCalm(measure)) return next;
  const best = below.find((lower) => tierNeedsKbps[lower] <= availableKbps) ?? 'text';
  return best === 'text' && tier !== 'audio' ? 'audio' : best;
}

/** The venue chose less: no word about its link, and no try that failed. */
function cap(state: TierState, best: Tier, nowMs: number): TierState {
  const chosenFrom = state.chosenFrom ?? state.tier;
  return {
    ...startTier(nowMs, best),
    failedTries: state.failedTries,
    failedTier: state.failedTier,
    reason: 'chosen',
    chosenFrom,
  };
}

/** The venue chose more again. What its link carries beyond the least picture is found by trying. */
function lift(state: TierState, best: Tier, nowMs: number): TierState {
  const known = worse(state.chosenFrom ?? 'video-64', 'video-64');
  if (rank(best) > rank(known)) return cap(state, best, nowMs);
  if (rank(state.tier) <= rank(known)) return { ...state, chosenFrom: null };
  const { failedTries, failedTier } = state;
  return { ...startTier(nowMs, known), reason: 'recovering', failedTries, failedTier };
}

function fall(state: TierState, tier: Tier, nowMs: number): TierState {
  const isSoon = nowMs - state.sinceMs < tierClocks.tryMaxMs;
  const hasFailed = isTried(state) || (state.reason === 'good' && isSoon);
  const failed = hasFailed ? { failedTries: state.failedTries + 1, failedTier: state.tier } : {};
  const fallen = { ...state, ...failed, tier, sinceMs: nowMs, weakSinceMs: null, chosenFrom: null };
  return { ...fallen, nextTryMs: nowMs + waitAbove(tier, fallen) };
}

/** How long to wait for the step above a tier: to be as good as one that failed, ever longer. */
function waitAbove(
  tier: Tier,
  { failedTries, failedTier }: Pick<TierState, 'failedTries' | 'failedTier'>,
): number {
  const isAgain = failedTier !== null && rank(tier) <= rank(failedTier) + 1;
  const tries = isAgain ? failedTries : 0;
  const { firstTryMs, tryMaxMs, voiceTryMaxMs } = tierClocks;
  return Math.min(firstTryMs * 2 ** tries, tier === 'text' ? voiceTryMaxMs : tryMaxMs);
}

/** A jam that nothing is added to is over when what was last in it has passed: the voice need wait no longer. */
function emptying(state: TierState, { delay }: LinkMeasure, nowMs: number): TierState {
  const { firstTryMs, tryMaxMs } = tierClocks;
  const waitMs = Math.min(Math.max(delay?.ms ?? 0, firstTryMs), tryMaxMs);
  return { ...state, nextTryMs: nowMs + waitMs };
}

/** What failed and holds at last is forgotten; that less than it holds says nothing. */
function settle(state: TierState, measure: LinkMeasure, nowMs: number): TierState {
  const { failedTier, tier } = state;
  if (failedTier === null || rank(tier) > rank(failedTier)) return state;
  const isUp = isTried(state) || state.reason === 'good';
  const held = isUp && isPrompt(measure) && nowMs - state.sinceMs >= tierClocks.holdMs;
  if (!held) return state;
  return {
    ...state,
    failedTries: 0,
    failedTier: null,
    nextTryMs: Math.min(state.nextTryMs, nowMs),
  };
}
