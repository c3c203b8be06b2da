import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seededRandom } from '#demo/random.ts';
import { openEdgeFixture, until, type EdgeFixture } from './edge-fixture.ts';
import { readSource, requireCustody } from './testing/custody.ts';
import { startLineChild, type LineChild } from './testing/line-child.ts';
import { print, printTrials } from './testing/trials.ts';
import { openWire, type Wire } from './testing/wire.ts';

const trials = 20;
const random = seededRandom(9);

interface Bench {
  readonly fixture: EdgeFixture;
  readonly wire: Wire;
  readonly dir: string;
  readonly code: string;
}

function startAgent({ fixture, wire, dir, code }: Bench): LineChild {
  const { brokerHttpUrl } = fixture.urls();
  return startLineChild('agent-main.ts', [
    dir,
    `mqtt://127.0.0.1:${wire.port}`,
    brokerHttpUrl,
    code,
  ]);
}

/** Ends the agent with facts on disk and said to be done, for which no PUBACK has come; 1 = it did. */
async function killBeforePuback(agent: LineChild, wire: Wire): Promise<number> {
  wire.freezeDown();
  const from = agent.lines.length;
  await agent.line('done', from);
  await until('the broker answered into the frozen wire', () => wire.withheldBytes() > 0);
  await agent.kill();
  wire.mend();
  return agent.lines.slice(from).some(([word]) => word === 'done') ? 1 : 0;
}

async function killAnywhere(agent: LineChild): Promise<void> {
  const at = agent.count('done') + 1 + Math.floor(random() * 30);
  await until('some more facts', () => agent.count('done') >= at);
  await agent.kill();
}

it('an agent killed 20 times has delivered everything it said was done, exactly once', async () => {
  await using fixture = await openEdgeFixture();
  await using wire = await openWire(Number(new URL(fixture.urls().brokerMqttUrl).port));
  const dir = join(fixture.dir, 'killed');
  await mkdir(dir);
  const bench: Bench = { fixture, wire, dir, code: await fixture.code('t-killed') };
  const told = new Map<number, string>();
  const backMs: number[] = [];
  let beforePuback = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const startedAtMs = performance.now();
    const agent = startAgent(bench);
    await agent.line('delivered');
    if (trial > 0) backMs.push(performance.now() - startedAtMs);
    if (trial % 2 === 0) beforePuback += await killBeforePuback(agent, wire);
    else await killAnywhere(agent);
    for (const [word, seq, id] of agent.lines) if (word === 'done') told.set(Number(seq), id ?? '');
  }
  await using last = startAgent(bench);
  const source = (await last.line('up'))[1] ?? '';
  const newest = Math.max(...told.keys());
  await until('everything is delivered', () =>
    last.lines.some(([word, seq]) => word === 'delivered' && Number(seq) >= newest),
  );
  const stored = await readSource(fixture.store, source);
  const idOf = new Map(stored.map(({ fact }) => [fact.seq, fact.id]));
  expect([...told].filter(([seq, id]) => idOf.get(seq) !== id)).toEqual([]);
  expect(new Set(stored.map(({ fact }) => fact.id)).size).toBe(stored.length);
  await requireCustody(fixture.store);
  expect(beforePuback).toBeGreaterThanOrEqual(Math.ceil(trials / 3));
  print(
    `${trials} kills of the agent, ${beforePuback} between commit and PUBACK, ${told.size} facts told`,
  );
  printTrials('agent: start → first fact delivered', backMs);
}, 240_000);
