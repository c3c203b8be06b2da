/*
 * 分级降级. What a link carries, chosen by the server from what it measured: never silent black. One
 * rule for both directions of a seat.
 */

/** Best first. Below `video-64` a still every few seconds, then the voice alone, then text alone. */
export const tiers = ['video-300', 'video-128', 'video-64', 'stills', 'audio', 'text'] as const;
export type Tier = (typeof tiers)[number];

/** What a tier needs, the voice (16 kbit/s of it, and 9 of headers) included; kbit/s of the link. */
export const tierNeedsKbps: Readonly<Record<Tier, number>> = {
  'video-300': 360,
  'video-128': 180,
  'video-64': 110,
  stills: 52,
  audio: 25,
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

export interface TierState {
  readonly tier: Tier;
  readonly reason: TierReason;
  /** When this tier began, milliseconds of a monotonic clock. */
  readonly sinceMs: number;
  /** When the link first looked too weak for the tier; null = it does not. */
  readonly weakSinceMs: number | null;
  /** A step up is tried no earlier. */
  readonly nextTryMs: number;
  /** Tries that failed in a row; each doubles the wait for `failedTier`. */
  readonly failedTries: number;
  /** Given up last; until it held, it is not tried before its wait is over. Null = none. */
  readonly failedTier: Tier | null;
  /** Where the link stood before the venue chose less; null = the link itself sets the tier. */
  readonly chosenFrom: Tier | null;
}

export const tierClocks = {
  /** So long must a link look weak before it is believed. */
  weakMs: 2_000,
  /** Loss above it is weakness whatever the estimate says. */
  lossShare: 0.12,
  /** A voice alone is worth more than none until more of it is lost. */
  voiceLossShare: 0.4,
  /** With no more than this lost a low estimate may be caution alone: nothing much was sent to learn from. */
  calmLossShare: 0.02,
  /** Nothing for so long: the tier falls without waiting for more. */
  silentMs: 4_000,
  /** A round trip as long is a queue that grows: more is sent than the link carries, though nothing is lost of it. */
  lateMs: 2_000,
  /** With answers later than this no more is tried. */
  calmLateMs: 1_000,
  /** An answer as early as this may be later than the one before: no queue begins with it. */
  promptMs: 300,
  /** A jam that the voice alone would not empty: a word comes as late. */
  deepMs: 8_000,
  /** So long is a step up a trial, judged by loss and lateness alone. */
  trialMs: 6_000,
  /** A step up that holds so long has succeeded; given up before, it failed. */
  holdMs: 20_000,
  firstTryMs: 6_000,
  tryMaxMs: 60_000,
  /** The voice is tried again sooner: it costs little. */
  voiceTryMaxMs: 30_000,
} as const;

export function startTier(nowMs: number, tier: Tier = 'video-64'): TierState {
  return {
    tier,
    reason: 'starting',
    sinceMs: nowMs,
    weakSinceMs: null,
    nextTryMs: nowMs + tierClocks.firstTryMs,
    failedTries: 0,
    failedTier: null,
    chosenFrom: null,
  };
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

/** Nothing yet speaks for or against the step. */
export function isTried({ reason }: TierState): boolean {
  return reason === 'starting' || reason === 'recovering';
}

/** An estimate below it says that the link does not carry the tier; kbit/s. */
export function leastKbps(tier: Tier): number {
  return tierNeedsKbps[tier] * 0.85;
}
