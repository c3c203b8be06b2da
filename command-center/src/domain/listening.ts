import { isListening, type BrokerLink } from './status.ts';

type Instant = Temporal.Instant;

/** What the log says last about the broker. */
export interface RecordedListening {
  readonly listening: boolean;
  readonly since: Instant;
}

/**
 * What must be recorded so that the log is true again, in order. A broker that fell and rose between
 * two looks is recorded as both: in between, nobody listened. `lastAliveAt`: its newest renewal this
 * process saw.
 */
export function listeningChanges(
  recorded: RecordedListening | null,
  broker: BrokerLink,
  { now, lastAliveAt }: { readonly now: Instant; readonly lastAliveAt: Instant | null },
): RecordedListening[] {
  const { listeningSince, aliveAt } = broker;
  if (listeningSince === null || aliveAt === null) return [];
  const was = recorded?.listening === true;
  if (!isListening(broker, now)) return was ? [{ listening: false, since: aliveAt }] : [];
  const rose = { listening: true, since: listeningSince };
  if (!was) return [rose];
  if (Temporal.Instant.compare(listeningSince, recorded.since) <= 0) return [];
  const fellAt = earlier(lastAliveAt ?? listeningSince, listeningSince);
  return [{ listening: false, since: fellAt }, rose];
}

function earlier(a: Instant, b: Instant): Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}
