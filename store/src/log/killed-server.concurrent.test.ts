import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#engine/embedded/start-embedded-postgres.ts';
import { migrate } from '#engine/migrate.ts';
import { openStore, type Store } from '#engine/store.ts';
import { freePort } from '#testing/free-port.ts';
import { batchOf, makeChain } from '#testing/make-chain.ts';
import { appendBatch } from './append-batch.ts';
import { verifyCustody } from './verify-custody.ts';

const trials = 8;
const factsPerBatch = 50;
const batchesBetweenKills = 12;

/** Seeded: after how many acknowledged batches the server is killed, and whether one is on its way. */
const kills = Array.from({ length: trials }, (_, trial) => ({
  after: 1 + ((trial * 7) % batchesBetweenKills),
  isBatchOnItsWay: trial % 3 !== 0,
}));

describe('PostgreSQL killed with SIGKILL while facts are appended', () => {
  let folder: string;
  let port: number;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-killed-'));
    await chmod(folder, 0o755);
    port = await freePort();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const open = async () => {
    const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), port });
    const store = await openStore({ databaseUrl: server.databaseUrl, applicationName: 'test' });
    await migrate(store);
    return { server, store };
  };

  test('what was acknowledged is there exactly once, and it takes the next facts', async () => {
    const chain = makeChain('killed');
    let { server, store } = await open();
    let acknowledged = 0;
    const backMs: number[] = [];
    let outcomesUnknown = 0;
    for (const { after, isBatchOnItsWay } of kills) {
      for (let count = 0; count < after; count += 1) {
        await appendBatch(store, batchOf(chain.next(factsPerBatch)));
        acknowledged += factsPerBatch;
      }
      const last = batchOf(chain.next(factsPerBatch));
      const onItsWay = isBatchOnItsWay ? isStored(store, last) : Promise.resolve(false);
      // Once the statement has left this process the kill falls somewhere within it.
      if (isBatchOnItsWay) await new Promise((resolve) => setImmediate(resolve));
      process.kill(server.pid, 'SIGKILL');
      const killedAt = performance.now();
      await server.ended;
      if (!(await onItsWay)) outcomesUnknown += 1;
      await store[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();

      ({ server, store } = await open());
      backMs.push(performance.now() - killedAt);
      // As a terminal does that got no ack: the same facts again.
      await appendBatch(store, last);
      acknowledged += factsPerBatch;
      expect(await seqsOf(store, chain.source)).toEqual(
        Array.from({ length: acknowledged }, (_, index) => index + 1),
      );
    }
    expect(await verifyCustody(store)).toBeNull();
    await store[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    const slowestMs = Math.max(...backMs);
    expect(outcomesUnknown).toBeGreaterThanOrEqual(trials / 3);
    process.stdout.write(
      `${trials} kills, ${acknowledged} facts, back in ${Math.round(slowestMs)} ms at most\n`,
    );
  });
});

const isStored = (store: Store, batch: Parameters<typeof appendBatch>[1]) =>
  appendBatch(store, batch).then(
    () => true,
    () => false,
  );

async function seqsOf(store: Store, source: string): Promise<number[]> {
  const { rows } = await store.pool.query<{ seq: number }>(
    'select seq from log where source = $1 order by position',
    [source],
  );
  return rows.map((row) => row.seq);
}
