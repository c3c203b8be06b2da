import {
  carriesVideo,
  carriesVoice,
  chooseTier,
  reportEveryMs,
  reportPatienceMs,
  silenceOfReports,
  startTier,
  type SeatId,
  type SeatLink,
  type SignalRequest,
  type Tier,
  type TierState,
} from '@sightline/contracts';
import type { PeerSample } from '#sampling/peer-sample.ts';

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
  /** When it last reported, or a report of it could be expected first. */
  #reportedMs: number;
  #heardMs: number;
  #echoMs: number;
  #expectedMs: number | null = null;

  constructor(nowMs: number) {
    this.up = startTier(nowMs);
    this.down = startTier(nowMs);
    this.#heardMs = nowMs;
    this.#echoMs = nowMs;
    this.#reportedMs = nowMs;
  }

  /** The same link, entered anew: what was learnt of it stays. */
  inherit(former: PeerTiers): void {
    this.up = former.up;
    this.down = former.down;
    this.#bestUp = former.#bestUp;
    this.#bestDown = former.#bestDown;
  }

  report(report: SignalRequest<'report'>, nowMs: number): void {
    this.#reportedMs = nowMs;
    this.#report = { atMs: nowMs, kbps: report.availableKbps, loss: report.lossShare };
    this.#bestUp = report.bestUp;
    this.#bestDown = report.bestDown;
  }

  /** One second more of this link. */
  learn(sample: PeerSample, sending: SendingNow, nowMs: number): void {
    if (!sample.isReporting) this.#reportedMs = nowMs;
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
    const report = this.#report;
    const freshMs = reportEveryMs[tier] + reportPatienceMs[tier];
    const fresh = report !== null && nowMs - report.atMs <= freshMs ? report : null;
    // What a page held back by its tier sends again takes a moment: silence counts from the step.
    const quietSinceMs = Math.max(this.#heardMs, this.#expectedMs ?? nowMs, this.up.sinceMs);
    this.up = chooseTier(
      this.up,
      {
        availableKbps: hasPicture ? (fresh?.kbps ?? null) : null,
        lossShare: Math.max(fresh?.loss ?? 0, sample.upLossShare),
        silentMs: Math.max(
          this.#unreportedMs(this.up, nowMs),
          isExpected ? nowMs - quietSinceMs : 0,
        ),
        isHeard: this.#reportedMs > this.up.sinceMs,
      },
      { nowMs, best: this.#bestUp },
    );
  }

  #learnDown(sample: PeerSample, nowMs: number): void {
    if (sample.hasEcho || !sample.isEchoed) this.#echoMs = nowMs;
    const echoSinceMs = Math.max(this.#echoMs, this.down.sinceMs);
    this.down = chooseTier(
      this.down,
      {
        availableKbps: sample.downKbps,
        lossShare: sample.downLossShare,
        silentMs: Math.max(this.#unreportedMs(this.down, nowMs), nowMs - echoSinceMs),
        isHeard: this.#reportedMs > this.down.sinceMs,
      },
      { nowMs, best: this.#bestDown },
    );
  }

  /** A page that should report and does not is on a weak link both ways; after a step it is given its time anew. */
  #unreportedMs({ tier, sinceMs }: TierState, nowMs: number): number {
    const sinceReportMs = nowMs - Math.max(this.#reportedMs, sinceMs);
    return silenceOfReports({ tier, up: this.up.tier }, sinceReportMs);
  }
}
