import { rank, tierClocks, worse, type Tier } from './tier.ts';

/*
 * How long a page's report, and the answer to it, may take. A page and the media server judge by the same
 * figures, each by itself: what does not come in its time is weakness of the link, before anybody says so.
 */

/** A page reports so long after the answer to its last report; less often where every byte counts. */
export const reportEveryMs: Readonly<Record<Tier, number>> = {
  'video-300': 2_000,
  'video-128': 2_000,
  'video-64': 2_000,
  stills: 3_000,
  audio: 4_000,
  text: 8_000,
};

/** So long may an answer, or the next report, be late; a thin link is slow without being ill. */
export const reportPatienceMs: Readonly<Record<Tier, number>> = {
  'video-300': 4_000,
  'video-128': 4_000,
  'video-64': 5_000,
  stills: 8_000,
  audio: 12_000,
  text: 20_000,
};

/**
 * Nothing at all heard for so long, with a report unanswered: the connection is a dead one. A word is heard when it is
 * whole, and two stills of 9 kB are 18 seconds of a link that has just fallen to 8 kbit/s.
 */
export const deadMs: Readonly<Record<Tier, number>> = {
  'video-300': 10_000,
  'video-128': 10_000,
  'video-64': 15_000,
  stills: 25_000,
  audio: 30_000,
  text: 30_000,
};

/**
 * How long one direction of a link counts as silent for a report that did not come, milliseconds: 0 while it is in
 * its time, then enough for the tier to fall. Reports go up, at the pace of `up`. Voice and text stand: their own
 * packets say whether they are carried.
 */
export function silenceOfReports(
  { tier, up }: { readonly tier: Tier; readonly up: Tier },
  sinceReportMs: number,
): number {
  if (!carriesMore(tier)) return 0;
  const isLate = sinceReportMs > reportEveryMs[up] + reportPatienceMs[worse(tier, up)];
  return isLate ? tierClocks.silentMs : 0;
}

function carriesMore(tier: Tier): boolean {
  return rank(tier) < rank('audio');
}
