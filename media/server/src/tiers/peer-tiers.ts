import {
  carriesVideo,
  carriesVoice,
  chooseTier,
  reportEveryMs,
  reportPatienceMs,
  startTier,
  tierClocks,
  type SeatId,
  type SeatLink,
  type SignalRequest,
  type Tier,
  type TierState,
} from '@sightline/contracts';
import type { PeerSample } from '#sampling/peer-sample.ts';

/** Of a voice alone a page's reports come five seconds apart, or half as many more (RFC 3550 6.2); of pictures each second. */
const voiceEchoMs = 7_500;

/** What the seat sends by its own will and the room's leave. */
export interface SendingNow {
  readonly hasSound: boolean;
  readonly hasPicture: boolean;
}

/** How both directions of one seat's link stand. Times are of a monotonic clock. */
export class PeerTiers {
  up: TierState;
  down: TierState;
  #bestUp: Tier = 'video-300';
  #bestDown: Tier = 'video-300';
  #report: { readonly atMs: number; readonly kbps: number | null; readonly loss: number } | null =
    null;
  #lostLast = 0;
  #heardMs: number;
  #echoMs: number;
  #expectedMs: number | null = null;
  #learntMs: number;
  /** Seconds in which something was sent to the seat and nothing came back, since the last echo or step. */
  #unansweredMs = 0;

  constructor(nowMs: number) {
    this.up = startTier(nowMs);
    this.down = startTier(nowMs);
    this.#heardMs = nowMs;
    this.#echoMs = nowMs;
    this.#learntMs = nowMs;
  }

  /** The same link, entered anew: what was learnt of it stays. */
  inherit(former: PeerTiers): void {
    this.up = begunAnew(former.up, this.#heardMs);
    this.down = begunAnew(former.down, this.#echoMs);
    this.#bestUp = former.#bestUp;
    this.#bestDown = former.#bestDown;
  }

  report(report: SignalRequest<'report'>, nowMs: number): void {
    // The first report after a jam tells what was lost in it: a loss is one that two in a row tell of.
    const loss = Math.min(report.lossShare, this.#lostLast);
    this.#lostLast = report.lossShare;
    this.#report = { atMs: nowMs, kbps: report.availableKbps, loss };
    this.#bestUp = report.bestUp;
    this.#bestDown = report.bestDown;
  }

  /** One second more of this link. */
  learn(sample: PeerSample, sending: SendingNow, nowMs: number): void {
    this.#learnUp(sample, sending, nowMs);
    this.#learnDown(sample, nowMs);
  }

  link(seatId: SeatId): SeatLink {
    const { up, down } = this;
    return { seatId, up: up.tier, upReason: up.reason, down: down.tier, downReason: down.reason };
  }

  #learnUp(sample: PeerSample, { hasSound, hasPicture }: SendingNow, nowMs: number): void {
    const { tier } = this.up;
    const isExpected = (hasSound && carriesVoice(tier)) || (hasPicture && carriesVideo(tier));
    this.#expectedMs = isExpected ? (this.#expectedMs ?? nowMs) : null;
    if (sample.packets > 0) this.#heardMs = nowMs;
    const isTold = sample.upDelay !== null || !sample.isTimed;
    const report = this.#report;
    const freshMs = reportEveryMs[tier] + reportPatienceMs[tier];
    const fresh = report !== null && nowMs - report.atMs <= freshMs ? report : null;
    // What a page held back by its tier sends again takes a moment: silence counts from the step.
    const quietSinceMs = Math.max(this.#heardMs, this.#expectedMs ?? nowMs, this.up.sinceMs);
    this.up = chooseTier(
      this.up,
      {
        // A page's estimate learns from what it sends: of a voice alone it says little more than what the voice takes.
        availableKbps: hasPicture && carriesVideo(tier) ? (fresh?.kbps ?? null) : null,
        lossShare: Math.max(fresh?.loss ?? 0, sample.upLossShare),
        silentMs: isExpected ? nowMs - quietSinceMs : 0,
        // No more is tried in the dark: what is sent on this step has come in, and told when it left.
        isHeard: !isExpected || (this.#heardMs > this.up.sinceMs && isTold),
        // Of what is sent no longer the last word stands for ever.
        delay: isExpected ? sample.upDelay : null,
      },
      { nowMs, best: this.#bestUp },
    );
  }

  /** Where nobody speaks and no picture moves, nothing is sent: that nothing comes back says nothing of the link. */
  #learnDown(sample: PeerSample, nowMs: number): void {
    const isAnswered = sample.hasEcho || !sample.isEchoed;
    if (isAnswered) this.#echoMs = nowMs;
    this.#unansweredMs = isAnswered ? 0 : this.#unansweredMs + this.#spentMs(sample, nowMs);
    this.#learntMs = nowMs;
    const dueMs = isVoiceAlone(sample) ? voiceEchoMs : 0;
    const before = this.down;
    const { pictures, voices } = sample.sent;
    const isReported = sample.downDelay !== null || !sample.isEchoed || pictures + voices === 0;
    this.down = chooseTier(
      before,
      {
        availableKbps: sample.downKbps,
        lossShare: sample.downLossShare,
        silentMs: Math.max(0, this.#unansweredMs - dueMs),
        // Without a report of what is sent on this step, what comes back is of what was sent before.
        isHeard: this.#echoMs > before.sinceMs && isReported,
        delay: sample.downDelay,
      },
      { nowMs, best: this.#bestDown },
    );
    if (this.down.tier !== before.tier) this.#unansweredMs = 0;
  }

  /** Of the time since the last look, how much an echo could have come in. */
  #spentMs({ sent, isOpen }: PeerSample, nowMs: number): number {
    const isSent = sent.pictures + sent.voices > 0 || !isOpen;
    return isSent ? nowMs - this.#learntMs : 0;
  }
}

function isVoiceAlone({ sent }: PeerSample): boolean {
  return sent.pictures === 0 && sent.voices > 0;
}

/**
 * Nothing was measured between the entries: a step up waits for its time from now on. Where all was silent the way itself
 * was gone, and is made anew with the entry: its waits say nothing of it.
 */
function begunAnew(state: TierState, nowMs: number): TierState {
  const soonMs = nowMs + tierClocks.firstTryMs;
  const nextTryMs = state.reason === 'stalled' ? soonMs : Math.max(state.nextTryMs, soonMs);
  return { ...state, nextTryMs };
}
