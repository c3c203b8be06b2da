import type { PartHealth } from '@sightline/contracts';
import {
  readBrokerState,
  readProgress,
  type BrokerState,
  type Progress,
  type Store,
} from '@sightline/store';
import { isListening } from '#domain/status.ts';
import { instantText } from './instant-text.ts';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';
import { openSinceTable, type Found } from './since-table.ts';

export interface TruthDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  /** The centre's own view of its parts; only the broker's door is taken from it. */
  readonly readHealth: () => Promise<readonly PartHealth[]>;
}

/** What is true beside the log: the database, the broker and the projector, each with its since. */
export interface Truth extends AsyncDisposable {
  readonly readHealth: () => readonly PartHealth[];
  /** Calls back when a part's state changed. */
  onChange(listener: () => void): void;
}

/** Looks at the parts twice a second; a part that does not answer in time is down. */
export function startTruth(deps: TruthDeps): Truth {
  const keep = openSinceTable();
  const door = startDoor(deps);
  const look = openLook(deps.store);
  const progress = projectorJudge();
  const listeners: (() => void)[] = [];
  let health: readonly PartHealth[] = [];
  const loop = startLoop({
    everyMs: liveLimits.probeMs,
    onError: () => undefined, // Every failure of a look is its finding.
    work: async () => {
      const seen = await look();
      const now = deps.now();
      const at = instantText(now);
      const before = stateText(health);
      health = [
        keep('database', databaseFound(seen), at),
        keep('broker', brokerFound(seen, door.read(), now), at),
        keep('projector', progress(seen, now), at),
      ];
      if (stateText(health) !== before) for (const listener of listeners) listener();
    },
  });
  return {
    readHealth: () => health,
    onChange: (listener) => void listeners.push(listener),
    async [Symbol.asyncDispose]() {
      await Promise.all([loop[Symbol.asyncDispose](), door[Symbol.asyncDispose]()]);
    },
  };
}

interface Seen {
  readonly progress: Progress;
  readonly broker: BrokerState | null;
}

/** One question at a time: while one hangs, the answer is null, "did not answer in time". */
function openLook(store: Store): () => Promise<Seen | null> {
  let hanging: Promise<Seen | null> | null = null;
  return async () => {
    if (hanging !== null) return null;
    const asked = Promise.all([readProgress(store.pool), readBrokerState(store.pool)])
      .then(([progress, broker]): Seen => ({ progress, broker }))
      .catch(() => null);
    hanging = asked.finally(() => {
      hanging = null;
    });
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), liveLimits.probeTimeoutMs);
    const seen = await Promise.race([asked, late.promise]);
    clearTimeout(timer);
    return seen;
  };
}

function databaseFound(seen: Seen | null): Found {
  return seen === null
    ? { state: 'down', detail: 'The database does not answer.' }
    : { state: 'up' };
}

/** The broker is up when it renews its row and its door is not known to be shut. */
function brokerFound(seen: Seen | null, door: DoorState, now: Temporal.Instant): Found {
  if (
    door.state === 'down' &&
    now.since(door.since).total('milliseconds') >= liveLimits.brokerSilentMs
  ) {
    return { state: 'down', since: instantText(door.since), detail: 'The broker does not answer.' };
  }
  if (seen === null) return { state: 'unknown', detail: 'Known only through the database.' };
  if (seen.broker === null) return { state: 'unknown', detail: 'No broker has listened yet.' };
  const { listeningSince, aliveAt } = seen.broker;
  const broker = {
    listeningSince: Temporal.Instant.from(listeningSince),
    aliveAt: Temporal.Instant.from(aliveAt),
  };
  if (isListening(broker, now)) return { state: 'up', since: listeningSince };
  return { state: 'down', since: aliveAt, detail: 'The broker has not renewed its row.' };
}

/** The projector is up while it stands at the log's end or moves towards it. */
function projectorJudge(): (seen: Seen | null, now: Temporal.Instant) => Found {
  let asOf = -1;
  let movedAt: Temporal.Instant | null = null;
  return (seen, now) => {
    if (seen === null) return { state: 'unknown', detail: 'Known only through the database.' };
    const { progress } = seen;
    if (progress.asOf !== asOf || progress.asOf >= progress.last)
      [asOf, movedAt] = [progress.asOf, now];
    const stillMs = movedAt === null ? 0 : now.since(movedAt).total('milliseconds');
    const behind = progress.last - progress.asOf;
    if (behind <= 0) return { state: 'up' };
    const detail = `${behind} positions behind.`;
    return { state: stillMs < liveLimits.projectorStillMs ? 'up' : 'down', detail };
  };
}

interface DoorState {
  readonly state: PartHealth['state'];
  readonly since: Temporal.Instant;
}

/** The broker's own door, asked in a loop of its own: it may take longer than the database. */
function startDoor(deps: TruthDeps): AsyncDisposable & { read(): DoorState } {
  let door: DoorState = { state: 'unknown', since: deps.now() };
  const loop = startLoop({
    everyMs: liveLimits.probeMs,
    onError: () => undefined, // readHealth answers with findings; a fault of it says nothing new.
    work: async () => {
      const parts = await deps.readHealth();
      const state = parts.find(({ name }) => name === 'broker')?.state ?? 'unknown';
      if (state !== door.state) door = { state, since: deps.now() };
    },
  });
  return { read: () => door, [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose]() };
}

function stateText(health: readonly PartHealth[]): string {
  return health.map(({ name, state, since }) => `${name} ${state} ${since}`).join('\n');
}
