import type { Beat, DeviceHealth, TerminalView } from '@sightline/contracts';
import { linkStatus, type BrokerLink } from './status.ts';

/** A terminal as the store lists it; instants are ISO text. */
export interface ListedTerminal {
  readonly terminalId: string;
  readonly region: string;
  readonly simulated: boolean;
  readonly createdAt: string;
  readonly enrolledAt: string | null;
  /** Log position of the last thing that happened to a face there. */
  readonly consentAsOf: number;
  /** Version of what should be there. */
  readonly desiredVersion: number;
  readonly state: {
    readonly connected: boolean;
    readonly linkSince: string;
    readonly beatAt: string | null;
    readonly waiting: number;
    readonly oldestWaitingAt: string | null;
    readonly deadLetters: number;
    readonly desiredVersion: number;
    readonly camera: Beat['camera'] | null;
    readonly version: string | null;
    readonly device: DeviceHealth | null;
  } | null;
}

export interface ListedBroker {
  readonly listeningSince: string;
  readonly aliveAt: string;
}

/** A terminal as the console shows it: its status by the one rule, and how far it is. */
export function viewTerminal(
  terminal: ListedTerminal,
  broker: ListedBroker | null,
  now: Temporal.Instant,
): TerminalView {
  const { terminalId, region, simulated, createdAt, enrolledAt } = terminal;
  const { consentAsOf, desiredVersion, state } = terminal;
  return {
    terminalId,
    region,
    simulated,
    createdAt,
    enrolledAt,
    consentAsOf,
    ...statusOf(terminal, broker, now),
    waiting: state?.waiting ?? 0,
    oldestWaitingAt: state?.oldestWaitingAt ?? null,
    deadLetters: state?.deadLetters ?? 0,
    upToDate: state !== null && state.desiredVersion >= desiredVersion,
    camera: state?.camera ?? null,
    version: state?.version ?? null,
    device: state?.device ?? null,
  };
}

function statusOf(
  { enrolledAt, state }: ListedTerminal,
  broker: ListedBroker | null,
  now: Temporal.Instant,
): Pick<TerminalView, 'status' | 'since'> {
  if (enrolledAt === null) return { status: 'not-equipped', since: null };
  const link = {
    enrolledAt: Temporal.Instant.from(enrolledAt),
    connected: state?.connected ?? false,
    linkSince: instantOrNull(state?.linkSince),
    beatAt: instantOrNull(state?.beatAt),
  };
  const listening: BrokerLink = {
    listeningSince: instantOrNull(broker?.listeningSince),
    aliveAt: instantOrNull(broker?.aliveAt),
  };
  const { status, since } = linkStatus(link, listening, now);
  return { status, since: since?.toString({ fractionalSecondDigits: 3 }) ?? null };
}

function instantOrNull(text: string | null | undefined): Temporal.Instant | null {
  return text === null || text === undefined ? null : Temporal.Instant.from(text);
}
