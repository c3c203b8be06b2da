import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDurability } from '#engine/durability.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { listen, type Notice } from '#engine/listen.ts';
import { openStore } from '#engine/store.ts';
import { enrolSource, issueEnrolmentCode } from '#terminals/enrolment.ts';
import { updateDesired } from '#terminals/desired.ts';
import { revokeTerminal } from '#terminals/sources.ts';
import { createTerminal } from '#terminals/terminals.ts';
import { servers } from '#testing/engines.ts';
import { eventually } from '#testing/eventually.ts';
import { batchOf, makeChain } from '#testing/make-chain.ts';
import type { TestStore } from '#testing.ts';
import { appendBatch } from './append-batch.ts';
import { startFollower } from './follow.ts';
import { startProjector, type Projection } from './projector.ts';
import { readLog } from './read-log.ts';
import { verifyCustody } from './verify-custody.ts';

describe.each(servers)('several at once on $name', ({ open }) => {
  let store: TestStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store[Symbol.asyncDispose]());

  /** Eight writers on two pools, each with a chain of its own: 160 batches, 1,600 facts. */
  const appendFromAllSides = async () => {
    await using other = await openStore({
      databaseUrl: store.databaseUrl,
      applicationName: 'sightline-test-writer',
    });
    const writers = Array.from({ length: 8 }, async (_, index) => {
      const chain = makeChain(`writer ${index}`);
      for (let count = 0; count < 20; count += 1) {
        await appendBatch(index % 2 === 0 ? store : other, batchOf(chain.next(10)));
      }
    });
    await Promise.all(writers);
  };
  const breakConnections = () =>
    store.pool
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
      .catch(() => undefined);

  test('what becomes visible is always the end of the log: nobody who reads "> n" skips', async () => {
    let isWriting = true;
    let seen = 0;
    let reads = 0;
    const skipped: number[] = [];
    const writing = appendFromAllSides().finally(() => (isWriting = false));
    while (isWriting) {
      const entries = await readLog(store.pool, { after: seen });
      seen = entries.at(-1)?.position ?? seen;
      const { rows } = await store.pool.query<{ facts: number }>(
        'select count(*)::int as facts from log where position <= $1',
        [seen],
      );
      // Positions have no holes here, so a fact that came late would show as one more than counted.
      if (rows[0]?.facts !== seen) skipped.push(seen);
      reads += 1;
    }
    await writing;
    expect(skipped).toEqual([]);
    expect(reads).toBeGreaterThan(5);
    expect(await verifyCustody(store)).toBeNull();
  });

  test('a follower hands on every fact once, in order, though its connections break', async () => {
    const positions: number[] = [];
    let failures = 0;
    await using _follower = startFollower(store, {
      from: 0,
      onBatch: (entries) => {
        // The first delivery fails: the same entries must come again.
        if (positions.length === 0 && failures === 0) {
          failures += 1;
          throw new Error('not yet');
        }
        positions.push(...entries.map((entry) => entry.position));
      },
    });
    await appendBatch(store, batchOf(makeChain('before').next(3)));
    await eventually('the first facts arrive', () => positions.length === 3);
    await breakConnections();
    await appendFromAllSides();
    await eventually('the rest arrives', () => positions.length >= 1_603);
    expect(positions).toEqual(Array.from({ length: 1_603 }, (_, index) => index + 1));
    expect(failures).toBe(1);
  });

  test('a follower that is told to stop stops, and what it was given is not given again', async () => {
    const stopping = new AbortController();
    let batches = 0;
    const follower = startFollower(store, {
      from: 0,
      signal: stopping.signal,
      onBatch: () => void (batches += 1),
    });
    await appendBatch(store, batchOf(makeChain('seen').next(1)));
    await eventually('one batch came', () => batches === 1);
    stopping.abort();
    await follower[Symbol.asyncDispose]();
    await appendBatch(store, batchOf(makeChain('unseen').next(1)));
    expect(batches).toBe(1);
  });

  test('two projectors on one database apply every fact once', async () => {
    await store.pool.query('create table tally (facts integer not null)');
    await store.pool.query('insert into tally values (0)');
    const projection: Projection = {
      name: 'tally',
      version: 1,
      reset: async (client) => void (await client.query('update tally set facts = 0')),
      apply: async (client, entries) =>
        void (await client.query('update tally set facts = facts + $1', [entries.length])),
    };
    const ranges: [number, number][] = [];
    const onProjected = ({ from, to }: { from: number; to: number }) =>
      void ranges.push([from, to]);
    await using _one = startProjector(store, [projection], { onProjected });
    await using _two = startProjector(store, [projection], { onProjected });
    await appendFromAllSides();
    await eventually('all is told', () => ranges.some(([, to]) => to === 1_600));
    const { rows } = await store.pool.query('select facts from tally');
    expect(rows).toEqual([{ facts: 1_600 }]);
    const inOrder = ranges.toSorted((a, b) => a[0] - b[0]);
    expect(inOrder.map(([from]) => from)).toEqual([0, ...inOrder.slice(0, -1).map(([, to]) => to)]);
  });

  test('who listens hears of appends, desired states and revocations at their commit', async () => {
    const heard: string[] = [];
    const onNotice = (notice: Notice) =>
      void heard.push(
        notice.kind === 'connected' ? 'connected' : `${notice.channel} ${notice.payload}`,
      );
    await using _listening = listen(store, ['log', 'desired', 'revoked'], onNotice);
    await eventually('it listens', () => heard.includes('connected'));
    const now = '2026-11-23T12:00:00.000Z';
    await createTerminal(store, { terminalId: 't-1', region: '540235100001', simulated: true });
    const code = await issueEnrolmentCode(store.pool, 't-1', now);
    await enrolSource(store, { code, fingerprint: 'key', publicKey: 'k', now });
    await inTransaction(store, (client) => updateDesired(client, 't-1', (desired) => desired));
    await inTransaction(store, async (client) => {
      await updateDesired(client, 't-1', (desired) => desired);
      throw new Error('taken back');
    }).catch(() => undefined);
    await revokeTerminal(store, { terminalId: 't-1', now, actor: 'system:test' });
    await eventually('the last is heard', () => heard.includes('log 2'));
    expect(heard).toEqual(['connected', 'log 1', 'desired t-1', 'revoked key', 'log 2']);
    await breakConnections();
    await eventually('it listens again', () => heard.lastIndexOf('connected') > 0);
  });

  test('a database that does not flush is refused with the remedy', async () => {
    expect(await checkDurability(store)).toBeNull();
    const name = new URL(store.databaseUrl).pathname.slice(1);
    await store.pool.query(`alter database ${name} set synchronous_commit = off`);
    await using careless = await openStore({
      databaseUrl: store.databaseUrl,
      applicationName: 'sightline-test-careless',
    });
    expect((await checkDurability(careless))?.detail).toBe(
      'The database has synchronous_commit switched off, so what it acknowledges could be lost. ' +
        'Set synchronous_commit = on in postgresql.conf and reload the server.',
    );
  });
});
