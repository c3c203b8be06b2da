import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createTerminals, issueEnrolmentCodes, type Store } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, it } from 'vitest';
import { readLogOf, textsOf, until, verifiedFacts } from './edge-fixture.ts';
import { requireCustody } from './testing/custody.ts';
import { openPlace } from './testing/fixture.ts';
import { startLineChild, type LineChild } from './testing/line-child.ts';
import { print } from './testing/trials.ts';

const count = 20;
const minutes = 72 * 60;
const facts = count * minutes;

async function makeCodes(store: Store): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    terminalId: `t-${index}`,
    region: `5402351000${String(index + 1).padStart(2, '0')}`,
    simulated: true,
  }));
  await createTerminals(store, rows);
  const now = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const ids = rows.map(({ terminalId }) => terminalId);
  const codes = await issueEnrolmentCodes(store.pool, ids, now);
  return ids.map((id) => codes.get(id) ?? '');
}

/** Waits until less than a share of the facts waits; throws when it is drained already. */
async function drainedTo(agent: LineChild, share: number): Promise<void> {
  const lowest = () =>
    Math.min(facts, ...agent.lines.flatMap(([word, n]) => (word === 'waiting' ? [Number(n)] : [])));
  await until(`less than ${share} of the facts wait`, () => lowest() < facts * share, 120_000);
  expect(agent.count('drained')).toBe(0);
}

it('20 terminals, 72 hours offline, a fact a minute: agent and broker killed while draining, 0 lost, 0 doubled', async () => {
  await using stack = new AsyncDisposableStack();
  const { dir: place } = stack.use(await openPlace());
  const dir = join(place, 'agents');
  await mkdir(dir);
  const store = stack.use(await openTestStore());
  const first = stack.use(startLineChild('broker-main.ts', [store.databaseUrl]));
  const [, mqtt = '', http = ''] = await first.line('listening');
  const where = [dir, `mqtt://127.0.0.1:${mqtt}`, `http://127.0.0.1:${http}`, String(minutes)];

  const agent = stack.use(
    startLineChild('offline-main.ts', [...where, ...(await makeCodes(store))]),
  );
  expect(await agent.line('made')).toEqual(['made', String(facts)]);
  const sources = agent.lines.flatMap(([word, , source]) =>
    word === 'source' && source !== undefined ? [source] : [],
  );
  await drainedTo(agent, 0.8);
  await agent.kill();

  const again = stack.use(startLineChild('offline-main.ts', where));
  await drainedTo(again, 0.5);
  await first.kill();
  const second = startLineChild('broker-main.ts', [store.databaseUrl, mqtt, http]);
  stack.use(second);
  await again.line('drained');

  for (const source of sources) {
    const log = verifiedFacts(await readLogOf(store, source));
    expect(textsOf(log)).toEqual(Array.from({ length: minutes }, (_, minute) => `${minute}`));
  }
  expect(sources).toHaveLength(count);
  await requireCustody(store);
  print(`${facts} facts of ${count} terminals, agent and broker killed while draining: all once`);
}, 400_000);
