import { isTried, tierClocks, type Delay, type TierState } from '@sightline/contracts';
import type { Counted } from './growth.ts';

/** What one stream was sent, and what its receiver reported of it last. */
export interface Reported extends Counted {
  /** From a packet's leaving to the report of it; milliseconds, null = none yet. */
  readonly delayMs: number | null;
  /** Of which report that is: any figure that differs from one to the next. */
  readonly report: number;
}

export interface ReportedLink {
  /** Share of packets lost on the way, 0 … 1. */
  readonly lossShare: number;
  /** Of the stream whose reports take longest; null = none came of what is sent now. */
  readonly delay: Delay | null;
}

interface Followed {
  readonly last: Reported;
  /** Nothing that it reported yet is of packets sent since the link stands so. */
  readonly isOld: boolean;
  readonly delay: Delay | null;
}

/** Receivers report every second to five: loss is judged over so many samples of a second. */
const samples = 5;

/**
 * What the receivers of one seat report, second by second. A link is judged by what is sent on it now: a report of what
 * was sent before a step, or before a pause, comes after it and is not believed. After a fall one that took so long that
 * the link is jammed is, whenever its packet left: what was sent behind it stands in the queue still.
 */
export class StreamReports {
  #followed: ReadonlyMap<string, Followed> = new Map();
  #grown: { readonly packets: number; readonly lost: number }[] = [];
  #tierSinceMs = 0;
  #beganMs = 0;

  /**
   * One second more of the streams that flow. How the link stands: `sinceMs` differs after each step; any clock's. `backMs`
   * of each delay is the report's own way back.
   */
  next(
    flowing: readonly Reported[],
    link: TierState,
    { nowMs, backMs = 0 }: { readonly nowMs: number; readonly backMs?: number },
  ): ReportedLink {
    if (link.sinceMs !== this.#tierSinceMs) {
      this.#tierSinceMs = link.sinceMs;
      this.#beganMs = nowMs;
      this.#grown = [];
      this.#followed = new Map([...this.#followed].map(([id, one]) => [id, begunAnew(one)]));
    }
    const before = this.#followed;
    const standsMs = nowMs - this.#beganMs;
    const told = ({ delayMs }: Reported): number | null => {
      if (delayMs === null) return null;
      const ms = Math.max(1, delayMs - backMs);
      const isJam = ms >= tierClocks.silentMs && !isTried(link);
      return delayMs <= standsMs || isJam ? ms : null;
    };
    const now = flowing.map((one) => follow(before.get(one.id), one, told));
    this.#followed = new Map(now.map((one) => [one.last.id, one]));
    this.#grown = flowing.length === 0 ? [] : [...this.#grown, growth(before, now)].slice(-samples);
    return { lossShare: share(this.#grown), delay: longest(now) };
  }
}

function begunAnew({ last }: Followed): Followed {
  return { last, isOld: true, delay: null };
}

function follow(
  before: Followed | undefined,
  last: Reported,
  told: (last: Reported) => number | null,
): Followed {
  if (before === undefined) return { last, isOld: true, delay: null };
  const isReport = last.report !== before.last.report || last.lost !== before.last.lost;
  if (!isReport) return { ...before, last };
  const ms = told(last);
  const { delay } = before;
  return {
    last,
    isOld: false,
    delay: ms === null ? delay : { ms, beforeMs: delay?.ms ?? null },
  };
}

/** The first report after a step only says from where to count. */
function growth(before: ReadonlyMap<string, Followed>, now: readonly Followed[]) {
  let packets = 0;
  let lost = 0;
  for (const { last } of now) {
    const from = before.get(last.id);
    if (from === undefined || from.isOld) continue;
    packets += Math.max(0, last.packets - from.last.packets);
    lost += Math.max(0, last.lost - from.last.lost);
  }
  return { packets, lost };
}

function share(grown: readonly { readonly packets: number; readonly lost: number }[]): number {
  const packets = grown.reduce((sum, one) => sum + one.packets, 0);
  const lost = grown.reduce((sum, one) => sum + one.lost, 0);
  return packets === 0 ? 0 : Math.min(1, lost / packets);
}

function longest(followed: readonly Followed[]): Delay | null {
  const known = followed.flatMap(({ delay }) => (delay === null ? [] : [delay]));
  return known.toSorted((one, other) => other.ms - one.ms)[0] ?? null;
}
