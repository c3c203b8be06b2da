import { join } from 'node:path';
import { prefecture5402 } from '@sightline/contracts/divisions';
import { Outbox, startTerminal, type Terminal } from '@sightline/edge-agent';
import { createTerminals, issueEnrolmentCodes } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { isRefusal } from '@sightline/contracts';
import { expect, it } from 'vitest';
import { until } from './edge-fixture.ts';
import { requireCustody } from './testing/custody.ts';
import { openPlace } from './testing/fixture.ts';
import { startLineChild } from './testing/line-child.ts';
import { print } from './testing/trials.ts';

const deadlineMs = 120_000;
const enrolAtOnce = 24;
const factsWhileAway = 3;

interface Storm {
  readonly store: TestStore;
  readonly dir: string;
  readonly urls: { readonly brokerMqttUrl: string; readonly brokerHttpUrl: string };
  readonly stack: AsyncDisposableStack;
}

/** A terminal in every village of the prefecture, all in this process on one outbox file. */
async function startEverybody({ store, dir, urls, stack }: Storm): Promise<Terminal[]> {
  const outbox = stack.use(await Outbox.open(join(dir, 'outbox.sqlite')));
  const rows = prefecture5402
    .filter(({ level }) => level === 'village')
    .map(({ code }) => ({ terminalId: `t-${code}`, region: code, simulated: true }));
  await createTerminals(store, rows);
  const now = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const codes = await issueEnrolmentCodes(
    store.pool,
    rows.map((row) => row.terminalId),
    now,
  );
  const terminals: Terminal[] = [];
  const left = rows.values();
  const worker = async (): Promise<void> => {
    for (const { terminalId } of left) {
      const place = { dir: join(dir, 'terminals', terminalId), version: 'test', ...urls };
      const enrolCode = codes.get(terminalId) ?? '';
      terminals.push(await startTerminal({ ...place, enrolCode }, { outbox }));
    }
  };
  await Promise.all(Array.from({ length: enrolAtOnce }, worker));
  stack.defer(async () => {
    await Promise.all(terminals.map((terminal) => terminal[Symbol.asyncDispose]()));
  });
  return terminals;
}

async function note(terminal: Terminal): Promise<string> {
  const { terminalId, region } = terminal.state();
  const fact = await terminal.record({
    stream: `telemetry/${region}/storm`,
    type: 'telemetry.noted',
    actor: `terminal:${terminalId}`,
    data: { text: 'made while the broker is away' },
  });
  if (isRefusal(fact)) throw new Error(fact.detail);
  return fact.id;
}

it('1,693 terminals come back at once after kill -9 of the broker and deliver everything once', async () => {
  await using stack = new AsyncDisposableStack();
  const place = stack.use(await openPlace());
  const store = stack.use(await openTestStore());
  const first = startLineChild('broker-main.ts', [store.databaseUrl]);
  stack.use(first);
  const [, mqtt = '', http = ''] = await first.line('listening');
  const urls = {
    brokerMqttUrl: `mqtt://127.0.0.1:${mqtt}`,
    brokerHttpUrl: `http://127.0.0.1:${http}`,
  };
  const terminals = await startEverybody({ store, dir: place.dir, urls, stack });
  expect(terminals).toHaveLength(1693);
  const areUp = () => terminals.every((terminal) => terminal.state().link.state === 'up');
  const areEmpty = () => terminals.every((terminal) => terminal.state().outbox.waiting === 0);
  await until('everybody is linked', () => areUp() && areEmpty(), deadlineMs);

  await first.kill();
  await until('everybody sees it', () =>
    terminals.every((terminal) => terminal.state().link.state === 'down'),
  );
  const made: string[] = [];
  for (let round = 0; round < factsWhileAway; round += 1) {
    made.push(...(await Promise.all(terminals.map(note))));
  }
  const second = stack.use(startLineChild('broker-main.ts', [store.databaseUrl, mqtt, http]));
  await second.line('listening');
  const backAtMs = performance.now();
  await until('everybody is linked again', areUp, deadlineMs);
  const linkedMs = performance.now() - backAtMs;
  await until('everything is delivered', areEmpty, deadlineMs);
  const deliveredMs = performance.now() - backAtMs;

  const { rows } = await store.pool.query<{ id: string }>(
    `select id from log where stream like 'telemetry/%/storm'`,
  );
  expect(rows).toHaveLength(made.length);
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(made));
  await requireCustody(store);
  print(
    `storm: 1,693 linked ${(linkedMs / 1000).toFixed(1)} s and ${made.length} facts delivered ` +
      `${(deliveredMs / 1000).toFixed(1)} s after the broker listened again`,
  );
}, 400_000);
