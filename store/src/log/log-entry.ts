import type { Fact } from '@sightline/contracts';

/** One fact on its way into the log. `hash`: SHA-256 of `body`'s UTF-8 bytes, base64url. */
export interface LogEntry {
  readonly fact: Fact;
  readonly body: string;
  readonly hash: string;
}

/** Everything of the source up to `seq` is stored or settled; `hash` (base64url) is what comes next's `prev`. */
export interface HeadUpdate {
  readonly source: string;
  readonly seq: number;
  readonly hash: string;
}

/** `hash`, `sig`: base64url, as in a packet's seal. */
export interface SealRow {
  readonly source: string;
  readonly seq: number;
  readonly hash: string;
  readonly sig: string;
}

/**
 * Why a source was left out of a batch as a whole. `fork`: another fact stands at that seq;
 * `id-taken`: that id stands in the log under another source or seq.
 */
export interface Conflict {
  readonly source: string;
  readonly seq: number;
  /** Of the fact that was not taken, base64url. */
  readonly hash: string;
  readonly reason: 'fork' | 'id-taken';
}

/** One row of the log as followers and projections see it. */
export interface StoredFact {
  readonly position: number;
  readonly fact: Fact;
  readonly body: string;
  /** ISO instant. */
  readonly receivedAt: string;
}
