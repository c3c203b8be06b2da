import type { MediaPath } from './meeting-paths.ts';

/** What a meeting over such a network came to. */
export interface NetworkMeeting {
  /** Of both pages: the ways of their media. */
  readonly paths: readonly MediaPath[];
  /** The ports that media came in by. */
  readonly ports: readonly number[];
  /** Pictures decoded by each page of the other one, and the loudest of its voice (0 … 1). */
  readonly seen: readonly number[];
  readonly heard: readonly number[];
  /** What the ladder said on the free wire, and on one of 60 kbit/s. */
  readonly onFree: string;
  readonly onThin: string;
  /** How many pages were in again, seeing and hearing, after the relay was killed and started anew. */
  readonly backAfterRelay: number;
}
