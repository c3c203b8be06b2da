import { randomBytes } from 'node:crypto';
import { refuse, type Refusal } from '@sightline/contracts';
import { checkDurability, openStore, type Store, type TerminalSource } from '@sightline/store';
import type { Logger } from 'pino';
import { authenticate } from '#access/authenticate.ts';
import { Nonces } from '#access/nonces.ts';
import { startHttp } from '#http/start-http.ts';
import { Evidence } from '#ingest/evidence.ts';
import { Ingest } from '#ingest/ingest.ts';
import { LogWriter } from '#ingest/log-writer.ts';
import { limits } from '#limits.ts';
import { CommandFeed } from '#links/command-feed.ts';
import { LinkStates } from '#links/link-states.ts';
import { isLoopbackHost } from '#mqtt/loopback.ts';
import { MqttDoor } from '#mqtt/mqtt-door.ts';
import { PartStates } from '#part-states.ts';
import type { Session } from '#session.ts';
import { readTlsPair, type TlsFiles, type TlsPair } from '#tls.ts';

export interface BrokerConfig {
  readonly databaseUrl: string;
  readonly mqttHost: string;
  /** 0 = any free one. */
  readonly mqttPort: number;
  /** Nonce, enrolment and health, on the same host. 0 = any free one. */
  readonly httpPort: number;
  /** For both listeners; without it they are plain, and on the loopback only. */
  readonly tls?: TlsFiles | null;
  /** Where the centre lays the files of courses; without it none are handed out. */
  readonly coursesDir?: string | null;
}

export interface BrokerDeps {
  readonly log: Logger;
  /** The server's clock. */
  readonly now?: () => Temporal.Instant;
  /** After each commit and before anybody is told of it: tests end the process here. */
  readonly afterCommit?: () => void;
}

export interface Broker extends AsyncDisposable {
  readonly mqttPort: number;
  readonly httpPort: number;
}

/**
 * The post office: takes terminals' facts, acknowledges what is stored, tells terminals what should be.
 * Refuses a host beyond loopback without TLS and a database that does not flush. Throws when a port is
 * taken, a certificate cannot be read or the database cannot be reached.
 */
export async function startBroker(
  config: BrokerConfig,
  deps: BrokerDeps,
): Promise<Broker | Refusal> {
  const tls = config.tls ?? null;
  if (!isLoopbackHost(config.mqttHost) && tls === null) {
    return refuse(
      'no-tls',
      `${config.mqttHost} can be reached from outside, and there is no TLS. ` +
        'Set SIGHTLINE_BROKER_TLS_CERT and SIGHTLINE_BROKER_TLS_KEY, or SIGHTLINE_MQTT_HOST=127.0.0.1.',
    );
  }
  const pair = tls === null ? null : readTlsPair(tls);
  const stack = new AsyncDisposableStack();
  try {
    const store = await openStore({
      databaseUrl: config.databaseUrl,
      applicationName: 'sightline-broker',
      onConnectionLost: (error) =>
        deps.log.warn({ error: error.message }, 'A connection to the database broke.'),
    });
    stack.use(store);
    const notDurable = await checkDurability(store);
    if (notDurable !== null) {
      await stack.disposeAsync();
      return notDurable;
    }
    const ports = await openParts({ ...config, tls: pair }, { deps, store, stack });
    return { ...ports, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** Where and how both listeners stand. */
type Listeners = Omit<BrokerConfig, 'tls'> & { readonly tls: TlsPair | null };

interface Parts {
  readonly deps: BrokerDeps;
  readonly store: Store;
  readonly stack: AsyncDisposableStack;
}

interface Core {
  readonly store: Store;
  readonly log: Logger;
  readonly nonces: Nonces;
  readonly ingest: Ingest;
  readonly evidence: Evidence;
  readonly links: LinkStates;
}

/** Opens the parts in the order in which they need each other; the stack closes them backwards. */
async function openParts(config: Listeners, { deps, store, stack }: Parts) {
  const { log } = deps;
  const clock = deps.now ?? (() => Temporal.Now.instant());
  const nowMs = () => clock().epochMilliseconds;
  const now = isoClock(nowMs);
  const states = new PartStates(['mqtt', 'database', 'log-writer'], now);
  const report = reporter(states, log);
  const writer = new LogWriter({
    store,
    afterCommit: deps.afterCommit,
    onResult: (error) => {
      if (error !== null) ingest.forgetHeads();
      report('log-writer', error);
    },
  });
  stack.defer(() => writer.idle);
  const evidence = new Evidence(store, nowMs);
  const ingest: Ingest = new Ingest({ store, writer, evidence, now });
  const onResult = (error: Error | null) => report('database', error);
  const links = stack.use(new LinkStates({ store, log, now, onResult }));
  const nonces = openNonces(nowMs);
  const core = { store, log, nonces, ingest, evidence, links };
  const mqttPort = await openDoor(config, core, stack);
  states.set('mqtt', 'up');
  states.set('log-writer', 'up');
  const health = () => states.health;
  const http = await startHttp(
    { host: config.mqttHost, port: config.httpPort, tls: config.tls },
    { store, nonces, health, now, nowMs, coursesDir: config.coursesDir ?? null },
  );
  stack.use(http);
  return { mqttPort, httpPort: http.port };
}

/** The instant as text with milliseconds, written out once a millisecond: every ack carries it. */
function isoClock(nowMs: () => number): () => string {
  let writtenMs = 0;
  let written = '';
  return () => {
    const ms = nowMs();
    if (ms !== writtenMs || written === '') {
      writtenMs = ms;
      written = Temporal.Instant.fromEpochMilliseconds(ms).toString({
        smallestUnit: 'millisecond',
      });
    }
    return written;
  };
}

function reporter(states: PartStates, log: Logger) {
  return (part: string, error: Error | null) => {
    const isNews = states.set(part, error === null ? 'up' : 'down', error?.message);
    if (isNews && error !== null) log.error({ err: error, part }, 'The database does not answer.');
    else if (isNews) log.info({ part }, 'The database answers.');
  };
}

function openNonces(nowMs: () => number): Nonces {
  return new Nonces({
    lifeMs: limits.nonceMs,
    perSource: limits.noncesPerSource,
    total: limits.nonces,
    nowMs,
    random: () => randomBytes(16).toString('base64url'),
  });
}

/** The door and what feeds it; returns its port. */
async function openDoor(
  config: Listeners,
  core: Core,
  stack: AsyncDisposableStack,
): Promise<number> {
  const { store, log, nonces, ingest, links } = core;
  const onProven = ({ source, headSeq, headHash }: TerminalSource) =>
    ingest.begin(source, { seq: headSeq, hash: headHash });
  const door = new MqttDoor(
    {
      host: config.mqttHost,
      port: config.mqttPort,
      tls: config.tls,
      log,
      authenticate: (wish) => authenticate(wish, { store, nonces, onProven }),
    },
    {
      onConnected: (session) => links.connected(session),
      onDisconnected: (session) => links.disconnected(session),
      onBeat: (session, payload) => links.beat(session, payload),
      onSubscribed: (session, leaf) => {
        if (leaf === 'desired') void feed.publish(session.sender.terminalId);
      },
      onTrespass: (session, message) => recordTrespass(core, session, message),
    },
  );
  door.onPacket((session, payload) => ingest.receive(session, payload));
  const onRevoked = (source: string) => ingest.forget(source);
  const feed = stack.use(new CommandFeed({ store, log, door, onRevoked }));
  await feed.start();
  await links.start();
  stack.use(door);
  return door.open();
}

function recordTrespass({ evidence, log }: Core, { sender }: Session, message: string): void {
  const exhibit = { seq: 0, reason: 'not-yours' as const, hash: null, body: message, message };
  evidence.keep(sender, exhibit).catch((error: unknown) => {
    log.warn({ err: error, source: sender.source, message }, 'A trespass was not recorded.');
  });
}
