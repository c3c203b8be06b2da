import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { readLedgerRow } from '#ledger/read-ledger.ts';
import { saveVerdicts } from '#ledger/save-verdicts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { listCheckIns } from '#register/check-ins.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { checkInProjection } from './check-in-projection.ts';
import { checkOutProjection } from './check-out-projection.ts';
import { TestSource, type TestFact } from './testing-facts.ts';

const village = '540202001001';
const [holder, fallback] = [randomUUID(), randomUUID()];
const starts = Temporal.Instant.from('2026-11-23T00:00:00Z');
const now = starts.add({ hours: 30 });
const at = (hours: number): string =>
  starts.add({ minutes: hours * 60 }).toString({ fractionalSecondDigits: 3 });

describe.each(engines)('check-outs on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
  }, 60_000);
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query(
      'truncate log, log_batch, projection_cursor, check_in, check_out, clock_anchor, duty_ledger',
    );
  });

  const project = async (source: TestSource, ...facts: readonly TestFact[]): Promise<void> => {
    await source.append(store, facts);
    await catchUp(store, [checkInProjection, checkOutProjection]);
  };
  const mark = (
    type: 'duty.checked-in' | 'duty.checked-out',
    hours: number,
    more: Record<string, unknown> = {},
  ): TestFact => ({
    region: village,
    type,
    at: at(hours),
    data: {
      personId: holder,
      terminalId: `${village}-1`,
      shift: '2026-11-23/day',
      method: 'pin',
      ...more,
    },
  });
  const receipt = () =>
    appendAudit(store.pool, {
      entry: {
        who: 'system:test',
        what: 'check-ins.read',
        region: village,
        purpose: 'duty-watch',
        subject: null,
      },
      now,
    });
  const left = async () => {
    const page = { region: village, limit: 10, before: null };
    const rows = await listCheckIns(store.pool, await receipt(), page);
    return rows.map(({ leftAt, leftMethod, leftCertain }) => [leftAt, leftMethod, leftCertain]);
  };
  const judge = (verdict: 'on-time' | 'covered') =>
    inTransaction(store, (client) => {
      const duty = {
        post: 'watch',
        day: '2026-11-23',
        span: 'full',
        personId: holder,
        fallbackId: fallback,
        from: starts,
        to: starts.add({ hours: 24 }),
        owedFrom: starts,
      } as const;
      const finding = {
        verdict,
        why: null,
        method: 'pin' as const,
        checkedInAt: starts,
        lateMinutes: null,
        receivedAt: starts,
        simulated: false,
        sampleCamera: false,
      };
      const judged = [{ duty, finding, completedAt: null }];
      return saveVerdicts(client, [{ region: village, day: duty.day, judged }], now);
    });
  const ledger = async () => {
    const key = { region: village, post: 'watch', startsAt: starts.toString() } as const;
    const row = await readLedgerRow(store.pool, await receipt(), key);
    return [row?.checkedOutAt, row?.checkOutMethod];
  };

  test('a check-out stands beside the check-in it ends, once, and the same after a rebuild', async () => {
    const source = new TestSource();
    await project(source, mark('duty.checked-in', 0));
    expect(await left()).toEqual([[null, null, null]]);
    await project(
      source,
      mark('duty.checked-out', 8),
      mark('duty.checked-out', 9),
      mark('duty.checked-out', 7, { personId: fallback }),
    );
    expect(await left()).toEqual([[at(8), 'pin', true]]);
    await rebuild(store, checkOutProjection);
    await catchUp(store, [checkOutProjection]);
    expect(await left()).toEqual([[at(8), 'pin', true]]);
  });

  test('one whose clock was never set gets its time from the anchor of its boot', async () => {
    const source = new TestSource();
    const clock = { bootId: source.bootId, uptimeMs: 3_600_000, offsetMs: null };
    await project(source, { ...mark('duty.checked-in', 0), clock }, mark('duty.checked-in', 1));
    await project(source, { ...mark('duty.checked-out', -400), clock });
    expect((await left())[0]).toEqual([at(-400), 'pin', false]);
    const offsetMs = starts.add({ hours: 7 }).epochMilliseconds;
    await project(source, {
      region: village,
      type: 'clock.anchored',
      at: at(9),
      data: { bootId: source.bootId, offsetMs },
    });
    expect((await left())[0]).toEqual([at(8), 'pin', true]);
  });

  test('the ledger shows the last check-out of whoever came: of the holder, or of the fallback', async () => {
    const night = { shift: '2026-11-23/night' };
    const source = new TestSource();
    await project(
      source,
      mark('duty.checked-in', 0),
      mark('duty.checked-out', 6),
      mark('duty.checked-in', 13, night),
      mark('duty.checked-out', 23, { ...night, method: 'face', face: figures }),
      mark('duty.checked-out', 5, { personId: fallback }),
      // Of another duty.
      mark('duty.checked-out', 29, { shift: '2026-11-24/day' }),
    );
    await judge('on-time');
    expect(await ledger()).toEqual([at(23), 'face']);
    await judge('covered');
    expect(await ledger()).toEqual([at(5), 'pin']);
  });
});

const figures = {
  model: 'm',
  similarity: 0.8,
  margin: 0.4,
  threshold: 0.5,
  frames: 3,
  liveness: 0.9,
  challenge: 'blink',
};
