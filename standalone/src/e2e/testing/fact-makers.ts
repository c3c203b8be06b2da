import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRefusal } from '@sightline/contracts';
import { Outbox, startTerminal, type Terminal } from '@sightline/edge-agent';
import { createTerminals, issueEnrolmentCodes, type Store } from '@sightline/store';
import { quickRhythm, until } from '../edge-fixture.ts';
import { readSource } from './custody.ts';

export interface Urls {
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
}

/** Terminals of one outbox file that make facts without end and remember what they were told is done. */
export interface FactMakers extends AsyncDisposable {
  readonly terminals: readonly Terminal[];
  /** Facts said to be done so far. */
  told(): number;
  /** Facts the centre has acknowledged so far. */
  delivered(): number;
  /** No more facts from now on; resolves when everything is delivered. */
  finish(): Promise<void>;
  /** Throws unless everything that was told stands in the log exactly once, chained and sealed. */
  verify(store: Store): Promise<void>;
}

const betweenFactsMs = 10;

export async function startFactMakers(
  store: Store,
  options: { readonly dir: string; readonly urls: Urls; readonly count: number },
): Promise<FactMakers> {
  await using stack = new AsyncDisposableStack();
  const { dir, urls, count } = options;
  const outbox = stack.use(await Outbox.open(join(dir, 'outbox.sqlite')));
  const rows = Array.from({ length: count }, (_, index) => ({
    terminalId: `maker-${index}`,
    region: `5402351000${String(index + 1).padStart(2, '0')}`,
    simulated: true,
  }));
  await createTerminals(store, rows);
  const now = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const codes = await issueEnrolmentCodes(
    store.pool,
    rows.map((row) => row.terminalId),
    now,
  );
  const terminals: Terminal[] = [];
  for (const { terminalId } of rows) {
    const enrolCode = codes.get(terminalId) ?? '';
    const place = { dir: join(dir, terminalId), version: 'test', rhythm: quickRhythm };
    terminals.push(stack.use(await startTerminal({ ...place, ...urls, enrolCode }, { outbox })));
  }
  await until('the makers are linked', () =>
    terminals.every((terminal) => terminal.state().link.state === 'up'),
  );
  const told = terminals.map(() => new Map<number, string>());
  const stop = new AbortController();
  const working = terminals.map((terminal, index) => makeFacts(terminal, told[index], stop.signal));
  stack.defer(() => stop.abort());
  const owned = stack.move();
  return {
    terminals,
    told: () => told.reduce((sum, each) => sum + each.size, 0),
    delivered: () => terminals.reduce((sum, each) => sum + each.state().outbox.settledTo, 0),
    async finish() {
      stop.abort();
      await Promise.all(working);
      await until(
        'everything is delivered',
        () => terminals.every((terminal) => terminal.state().outbox.waiting === 0),
        60_000,
      );
    },
    async verify(reader) {
      for (const [index, terminal] of terminals.entries()) {
        await requireTold(reader, terminal.state().source, told[index] ?? new Map());
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function makeFacts(
  terminal: Terminal,
  told: Map<number, string> | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { terminalId, region } = terminal.state();
  while (!signal.aborted) {
    const fact = await terminal.record({
      stream: `telemetry/${region}/kill`,
      type: 'telemetry.noted',
      actor: `terminal:${terminalId}`,
      data: { text: 'made while something is killed' },
    });
    if (isRefusal(fact)) throw new Error(fact.detail);
    told?.set(fact.seq, fact.id);
    await pause(betweenFactsMs);
  }
}

async function requireTold(
  store: Store,
  source: string,
  told: ReadonlyMap<number, string>,
): Promise<void> {
  const stored = await readSource(store, source);
  const idOf = new Map(stored.map(({ fact }) => [fact.seq, fact.id]));
  const missing = [...told].filter(([seq, id]) => idOf.get(seq) !== id);
  const ids = new Set(stored.map(({ fact }) => fact.id));
  if (missing.length > 0) throw new Error(`${missing.length} facts of ${source} are lost.`);
  if (ids.size < stored.length) throw new Error(`Facts of ${source} stand twice.`);
}
