import { isRefusal } from '@sightline/contracts';
import {
  appendCentreFacts,
  listen,
  readBrokerState,
  readLastFact,
  readTerminalLinks,
  type BrokerState,
  type CentreDraft,
  type Projected,
  type Store,
  type TerminalLinkRow,
} from '@sightline/store';
import { listeningChanges, type RecordedListening } from '#domain/listening.ts';
import { linkStatus, nextStatus, type BrokerLink, type TerminalLink } from '#domain/status.ts';
import { instantText } from './instant-text.ts';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface WatcherDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
}

/** Turns what the broker writes into facts of the centre: who is reachable, and since when. */
export interface PresenceWatcher extends AsyncDisposable {
  /** The statuses last looked at. */
  readonly links: () => readonly TerminalLinkRow[];
  /** Its own facts were projected: only then does it look again. */
  noteProjected(projected: Projected): void;
}

/** Looks every second and on every notice of the broker. */
export function startPresenceWatcher(deps: WatcherDeps): PresenceWatcher {
  const look = openLook(deps);
  let links: readonly TerminalLinkRow[] = [];
  let projectedTo = 0;
  let appendedTo = 0;
  const loop = startLoop({
    everyMs: liveLimits.watchMs,
    onError: deps.onError,
    work: async () => {
      // What it recorded is not visible yet: it would record the same again.
      if (projectedTo < appendedTo) return;
      const seen = await look();
      links = seen.links;
      if (seen.drafts.length > 0) appendedTo = await append(deps.store, seen.drafts);
    },
  });
  const notices = wakeOnNotice(deps.store, () => loop.wake());
  return {
    links: () => links,
    noteProjected({ to }) {
      projectedTo = to;
      if (appendedTo > 0 && to >= appendedTo) loop.wake();
    },
    async [Symbol.asyncDispose]() {
      await notices[Symbol.asyncDispose]();
      await loop[Symbol.asyncDispose]();
    },
  };
}

interface Look {
  readonly links: readonly TerminalLinkRow[];
  readonly drafts: readonly CentreDraft[];
}

/** One look at everything: what the log does not say yet. The broker's listening comes first, alone. */
function openLook({ store, now }: WatcherDeps): () => Promise<Look> {
  let lastAliveAt: Temporal.Instant | null = null;
  return async () => {
    const links = await readTerminalLinks(store.pool);
    const broker = brokerLink(await readBrokerState(store.pool));
    // No terminal: nothing to be unknown, and no region to say it in.
    const root = links[0]?.region.slice(0, 4);
    if (root === undefined) return { links, drafts: [] };
    const recorded = await readRecorded(store, root);
    const moment = { now: now(), lastAliveAt };
    const listening = listeningChanges(recorded, broker, moment);
    lastAliveAt = broker.aliveAt;
    const drafts =
      listening.length > 0
        ? listening.map((change) => listeningDraft(root, change, moment.now))
        : links.flatMap((link) => presenceDraft(link, broker, moment.now));
    return { links, drafts };
  };
}

function presenceDraft(
  row: TerminalLinkRow,
  broker: BrokerLink,
  now: Temporal.Instant,
): CentreDraft[] {
  const link = terminalLink(row);
  const judged = linkStatus(link, broker, now);
  const previous = { status: row.status, since: Temporal.Instant.from(row.since) };
  const next = nextStatus(previous, link, judged);
  // Unknown is not recorded for each: it follows from the broker's listening for all.
  if (next === null || next.status === 'unknown' || next.since === null) return [];
  const { terminalId, region } = row;
  return [
    {
      at: instantText(now),
      region,
      stream: `presence/${region}/${terminalId}`,
      type: 'terminal.presence-changed',
      world: 'actual',
      actor: 'system:presence',
      data: { terminalId, status: next.status, since: instantText(next.since) },
    },
  ];
}

function listeningDraft(
  root: string,
  { listening, since }: RecordedListening,
  now: Temporal.Instant,
): CentreDraft {
  return {
    at: instantText(now),
    region: root,
    stream: listeningStream(root),
    type: 'broker.listening-changed',
    world: 'actual',
    actor: 'system:presence',
    data: { listening, since: instantText(since) },
  };
}

function listeningStream(root: string): string {
  return `broker/${root}/listening`;
}

async function readRecorded(store: Store, root: string): Promise<RecordedListening | null> {
  const last = await readLastFact(store.pool, {
    stream: listeningStream(root),
    type: 'broker.listening-changed',
  });
  return last === null
    ? null
    : { listening: last.listening, since: Temporal.Instant.from(last.since) };
}

/** Returns the position of the last fact. */
async function append(store: Store, drafts: readonly CentreDraft[]): Promise<number> {
  let position = 0;
  for (let from = 0; from < drafts.length; from += liveLimits.presenceFactsPerAppend) {
    const some = drafts.slice(from, from + liveLimits.presenceFactsPerAppend);
    const appended = await appendCentreFacts(store, some);
    if (isRefusal(appended)) throw new Error(`Presence was refused: ${appended.detail}`);
    position = appended.position;
  }
  return position;
}

/** Notices come in bursts: one look a moment later serves them all. */
function wakeOnNotice(store: Store, wake: () => void): AsyncDisposable {
  let timer: NodeJS.Timeout | null = null;
  const listening = listen(store, ['presence'], () => {
    timer ??= setTimeout(() => {
      timer = null;
      wake();
    }, liveLimits.watchGapMs);
  });
  return {
    async [Symbol.asyncDispose]() {
      if (timer !== null) clearTimeout(timer);
      await listening[Symbol.asyncDispose]();
    },
  };
}

function terminalLink(row: TerminalLinkRow): TerminalLink {
  return {
    enrolledAt: Temporal.Instant.from(row.enrolledAt),
    connected: row.connected,
    linkSince: instantOrNull(row.linkSince),
    beatAt: instantOrNull(row.beatAt),
  };
}

function brokerLink(state: BrokerState | null): BrokerLink {
  return {
    listeningSince: instantOrNull(state?.listeningSince ?? null),
    aliveAt: instantOrNull(state?.aliveAt ?? null),
  };
}

function instantOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text);
}
