import type { Health, PartHealth } from '@sightline/contracts';
import { readBrokerState, type BrokerState, type Store } from '@sightline/store';
import { isListening } from '#domain/status.ts';
import { limits } from '#limits.ts';

type State = PartHealth['state'];
type Probe = () => Promise<{ readonly state: State; readonly detail?: string }>;

export interface HealthDeps {
  readonly store: Store;
  readonly brokerHttpUrl: string | null;
  readonly now: () => Temporal.Instant;
}

/** Asks the parts how they are; remembers since when each has been so. */
export function healthReader(deps: HealthDeps): () => Promise<PartHealth[]> {
  const since = new Map<string, { readonly state: State; readonly since: string }>();
  const probes: readonly (readonly [string, Probe])[] = [
    ['centre', async () => ({ state: 'up' })],
    ['database', () => probeDatabase(deps.store)],
    ['broker', () => probeBroker(deps)],
  ];
  return () =>
    Promise.all(
      probes.map(async ([name, probe]) => {
        const found = await probe();
        const before = since.get(name);
        const at = deps.now().round('millisecond').toString({ fractionalSecondDigits: 3 });
        const kept = before?.state === found.state ? before : { state: found.state, since: at };
        since.set(name, kept);
        return { name, ...kept, ...(found.detail === undefined ? {} : { detail: found.detail }) };
      }),
    );
}

export function isHealthy(health: Health): boolean {
  return health.parts.every((part) => part.state === 'up');
}

async function probeDatabase(store: Store): ReturnType<Probe> {
  const late = AbortSignal.timeout(limits.databaseHealthTimeoutMs);
  try {
    await Promise.race([store.pool.query('select 1'), rejectOn(late)]);
    return { state: 'up' };
  } catch {
    return { state: 'down', detail: 'The database does not answer.' };
  }
}

/** By its own door where that is known, else by the row it renews in the database. */
async function probeBroker({ brokerHttpUrl, store, now }: HealthDeps): ReturnType<Probe> {
  try {
    if (brokerHttpUrl === null) return judgeRow(await readBrokerState(store.pool), now());
    const signal = AbortSignal.timeout(limits.brokerHealthTimeoutMs);
    const reply = await fetch(new URL('/healthz', brokerHttpUrl), { signal, redirect: 'error' });
    await reply.body?.cancel();
    if (reply.ok) return { state: 'up' };
    return { state: 'down', detail: `The broker answers ${reply.status}.` };
  } catch {
    return { state: 'down', detail: 'The broker does not answer.' };
  }
}

function judgeRow(row: BrokerState | null, now: Temporal.Instant): Awaited<ReturnType<Probe>> {
  if (row === null) return { state: 'unknown', detail: 'No broker has listened yet.' };
  const listeningSince = Temporal.Instant.from(row.listeningSince);
  const aliveAt = Temporal.Instant.from(row.aliveAt);
  if (isListening({ listeningSince, aliveAt }, now)) return { state: 'up' };
  return { state: 'down', detail: `The broker was last heard at ${row.aliveAt}.` };
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('Timed out.')), { once: true });
  });
}
