import type { VillageStatus } from '@sightline/contracts';
import {
  brokerSilenceMs,
  onlineSilenceMs,
  reconnectGraceMs,
  staleSilenceMs,
} from './live-limits.ts';

type Instant = Temporal.Instant;

/** What the broker last wrote about one enrolled terminal. */
export interface TerminalLink {
  /** When it was enrolled: it spoke to us then, if never since. */
  readonly enrolledAt: Instant;
  readonly connected: boolean;
  /** When the connection opened (connected) or closed (not connected); null = never connected. */
  readonly linkSince: Instant | null;
  /** Arrival of the newest beat; null = none yet. */
  readonly beatAt: Instant | null;
}

/** What the broker last wrote about itself; both null = no broker has ever listened. */
export interface BrokerLink {
  readonly listeningSince: Instant | null;
  readonly aliveAt: Instant | null;
}

/** 在线状态 of an equipped village. `since` null = never known. */
export interface Status {
  readonly status: Exclude<VillageStatus, 'not-equipped'>;
  readonly since: Instant | null;
}

/** True while the broker renews its row: only then does a terminal's silence mean anything. */
export function isListening(broker: BrokerLink, now: Instant): boolean {
  return broker.aliveAt !== null && elapsedMs(broker.aliveAt, now) <= brokerSilenceMs;
}

/**
 * 在线状态 as a pure function of what was heard. Never online by default: while nobody listened, and
 * until a full online period of listening has passed without a word, the answer is unknown.
 * `since`: online = the connection opened; stale and offline = the last word; unknown = the moment
 * from which nobody listened.
 */
export function linkStatus(link: TerminalLink, broker: BrokerLink, now: Instant): Status {
  if (!isListening(broker, now)) return { status: 'unknown', since: broker.aliveAt };
  const heardAt = lastWord(link);
  const listeningSince = broker.listeningSince ?? broker.aliveAt ?? now;
  const heardSinceListening = elapsedMs(listeningSince, heardAt) >= 0;
  if (!heardSinceListening && elapsedMs(listeningSince, now) <= onlineSilenceMs) {
    return { status: 'unknown', since: listeningSince };
  }
  return judgeSilence(link, heardAt, now);
}

/**
 * The status to record after `previous`, or null when nothing changed. The moment of a status never
 * runs backwards: a terminal heard again on its old connection is online since that word.
 */
export function nextStatus(
  previous: Status | null,
  link: TerminalLink,
  next: Status,
): Status | null {
  if (previous !== null && previous.status === next.status) return null;
  const before = previous?.since ?? null;
  if (next.status !== 'online' || before === null || next.since === null) return next;
  const isLater = Temporal.Instant.compare(next.since, before) > 0;
  return isLater ? next : { status: 'online', since: lastWord(link) };
}

function judgeSilence(link: TerminalLink, heardAt: Instant, now: Instant): Status {
  const silenceMs = elapsedMs(heardAt, now);
  if (silenceMs > staleSilenceMs) return { status: 'offline', since: heardAt };
  if (silenceMs > onlineSilenceMs || isClosed(link, now))
    return { status: 'stale', since: heardAt };
  return {
    status: 'online',
    since: link.connected && link.linkSince !== null ? link.linkSince : heardAt,
  };
}

/** A closed connection says more than silence: after a moment's grace it is not 可联通 any more. */
function isClosed(link: TerminalLink, now: Instant): boolean {
  if (link.connected) return false;
  return link.linkSince === null || elapsedMs(link.linkSince, now) > reconnectGraceMs;
}

/** The last sign of life. A connection that closed is none: it may have been found dead. */
function lastWord({ enrolledAt, connected, linkSince, beatAt }: TerminalLink): Instant {
  const openedAt = connected ? linkSince : null;
  if (beatAt === null) return openedAt ?? enrolledAt;
  return openedAt !== null && elapsedMs(beatAt, openedAt) > 0 ? openedAt : beatAt;
}

function elapsedMs(from: Instant, to: Instant): number {
  return to.epochMilliseconds - from.epochMilliseconds;
}
