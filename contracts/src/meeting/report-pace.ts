import type { Tier } from './tier.ts';

/*
 * How long a page's report, and the answer to it, may take. A page whose report is not answered in its time sends
 * less by itself, before anybody says so; the media server believes a report for as long.
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
