import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, startBroker } from '@sightline/broker';
import { hash } from 'node:crypto';
import { emptyHead, type Fact, follow, isRefusal, parseFact } from '@sightline/contracts';
import {
  type DeviceClock,
  Outbox,
  startTerminal,
  type Terminal,
  type TerminalConfig,
} from '@sightline/edge-agent';
import { createTerminal, issueEnrolmentCode } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { pino } from 'pino';

export interface BrokerUrls {
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
}

export const village = '540235100001';

/** Quick answers and retries, so that a test of minutes takes seconds. */
export const quickRhythm = { backoffFirstMs: 50, backoffLastMs: 200, ackTimeoutMs: 5_000 };

/** The real store and the real broker, with a folder for terminals. */
export interface EdgeFixture extends AsyncDisposable {
  readonly store: TestStore;
  readonly dir: string;
  readonly urls: () => BrokerUrls;
  startBroker(): Promise<void>;
  stopBroker(): Promise<void>;
  code(terminalId: string): Promise<string>;
}

export async function openEdgeFixture(): Promise<EdgeFixture> {
  const store = await openTestStore();
  const dir = await mkdtemp(join(tmpdir(), 'sightline-edge-'));
  let broker: Broker | null = null;
  let ports = { mqttPort: 0, httpPort: 0 };
  const fixture: EdgeFixture = {
    store,
    dir,
    urls: () => ({
      brokerMqttUrl: `mqtt://127.0.0.1:${ports.mqttPort}`,
      brokerHttpUrl: `http://127.0.0.1:${ports.httpPort}`,
    }),
    async startBroker() {
      const { databaseUrl } = store;
      const started = await startBroker(
        { databaseUrl, mqttHost: '127.0.0.1', ...ports },
        { log: pino({ level: 'silent' }) },
      );
      if (isRefusal(started)) throw new Error(started.detail);
      broker = started;
      ports = { mqttPort: started.mqttPort, httpPort: started.httpPort };
    },
    async stopBroker() {
      await broker?.[Symbol.asyncDispose]();
      broker = null;
    },
    async code(terminalId) {
      await createTerminal(store, { terminalId, region: village, simulated: true });
      return issueEnrolmentCode(store.pool, terminalId, Temporal.Now.instant().toString());
    },
    async [Symbol.asyncDispose]() {
      await fixture.stopBroker();
      await store[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
  await fixture.startBroker();
  return fixture;
}

/** One terminal with an outbox of its own, in a folder of the fixture. */
export async function openTerminal(
  fixture: EdgeFixture,
  name: string,
  { device, ...config }: Partial<TerminalConfig> & { readonly device?: DeviceClock } = {},
): Promise<{ terminal: Terminal; outbox: Outbox } & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  const dir = join(fixture.dir, name);
  const outbox = stack.use(await Outbox.open(join(dir, 'outbox.sqlite')));
  const terminal = stack.use(
    await startTerminal(
      { dir, version: 'test', rhythm: quickRhythm, ...fixture.urls(), ...config },
      { outbox, ...(device === undefined ? {} : { device }) },
    ),
  );
  return { terminal, outbox, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Waits for a fact of the outside; fails loudly, naming it, when the deadline passes. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  deadlineMs = 20_000,
): Promise<void> {
  const endAt = performance.now() + deadlineMs;
  while (!(await isTrue())) {
    if (performance.now() > endAt) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function note(terminal: Terminal, text: string): ReturnType<Terminal['record']> {
  return terminal.record({
    stream: `telemetry/${village}/test`,
    type: 'telemetry.noted',
    actor: `terminal:${terminal.state().terminalId}`,
    data: { text },
  });
}

/** Waits until everything a terminal has made is the centre's. */
export async function drained(terminal: Terminal, deadlineMs = 30_000): Promise<void> {
  await until(
    'the outbox is empty and the clock anchored',
    () => terminal.state().outbox.waiting === 0 && terminal.state().clockCertain,
    deadlineMs,
  );
}

export interface LogRow {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
}

/** What the centre holds of a source, in the order in which it was committed. */
export async function readLogOf(store: TestStore, source: string): Promise<LogRow[]> {
  const { rows } = await store.pool.query<{ seq: string; body: string; hash: Buffer }>(
    'select seq, body, hash from log where source = $1 order by position',
    [source],
  );
  return rows.map(({ seq, body, hash }) => ({
    seq: Number(seq),
    body,
    hash: hash.toString('base64url'),
  }));
}

/** The facts of a source in the order of the log; throws unless they are one unbroken chain from 1. */
export function verifiedFacts(rows: readonly LogRow[]): Fact[] {
  let head = emptyHead;
  return rows.map(({ body, hash: stored }) => {
    const fact = parseFact(body);
    if ('problem' in fact) throw new Error(fact.problem);
    if (hash('sha256', body, 'base64url') !== stored) throw new Error(`${fact.seq}: wrong hash`);
    const next = follow(head, fact, stored);
    if (next === null) throw new Error(`Fact ${fact.seq} does not follow ${head.seq}.`);
    head = next;
    return fact;
  });
}

/** The text of each note, in order. */
export function textsOf(facts: readonly Fact[]): unknown[] {
  return facts.flatMap(({ type, data }) => (type === 'telemetry.noted' ? [data['text']] : []));
}
