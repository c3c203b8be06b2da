import { randomUUID } from 'node:crypto';
import { absenceStream } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { appendAbsence, holdAbsence, readAway } from './absence.ts';
import { absenceProjection } from './absence-projection.ts';

const [village, elsewhere] = ['540235100201', '540235100202'];
const terminalId = `${village}-1`;
const [here, stranger] = [randomUUID(), randomUUID()];
const now = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const days = { from: '2026-12-01', to: '2026-12-03' };

describe.each(engines)('absences on $name', ({ open }) => {
  let store: TestStore;
  const source = new TestSource();
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    const people = [
      { personId: here, region: village, name: '扎西', post: '' },
      { personId: stranger, region: elsewhere, name: '卓玛', post: '' },
    ];
    expect(await addPeople(store, people, { now, actor: 'system:test' })).toBeNull();
    await createTerminals(store, [{ terminalId, region: village, simulated: false }]);
  }, 60_000);
  afterAll(() => store[Symbol.asyncDispose]());

  const asked = (absenceId: string, more: Record<string, unknown> = {}): TestFact => ({
    region: village,
    type: 'absence.asked',
    at: '2026-11-23T03:00:00.000Z',
    stream: absenceStream(village, absenceId),
    data: { absenceId, personId: here, ...days, terminalId, method: 'pin', ...more },
  });
  const tell = async (...facts: readonly TestFact[]) => {
    await source.append(store, facts);
    await catchUp(store, [absenceProjection]);
  };
  const decide = (absenceId: string, decision: 'approved' | 'refused' | 'withdrawn') =>
    inTransaction(store, async (client) => {
      const { seenPosition } = await holdAbsence(client, absenceId);
      const change = { now, actor: 'account:officer', seenPosition };
      const fact = { type: 'absence.decided', data: { absenceId, decision } } as const;
      return appendAbsence(client, { region: village, absenceId, ...fact }, change);
    });
  const rows = async () =>
    (
      await store.pool.query<{ id: string; state: string }>(
        'select absence_id as id, state from absence order by position',
      )
    ).rows;
  const away = () =>
    readAway(store.pool, { regions: [village], from: '2026-12-03', to: '2026-12-09' });

  test('what is asked twice counts once, waits, and sends nobody away before it is approved', async () => {
    const absenceId = randomUUID();
    await tell(asked(absenceId), asked(absenceId));
    expect(await away()).toEqual([]);
    expect(await decide(absenceId, 'approved')).toBeNull();
    expect(await away()).toEqual([{ region: village, personId: here, ...days }]);
    expect(await decide(absenceId, 'withdrawn')).toBeNull();
    // What ended stays as it ended.
    expect(await decide(absenceId, 'approved')).toBeNull();
    expect(await away()).toEqual([]);
    expect(await rows()).toEqual([{ id: absenceId, state: 'withdrawn' }]);
  });

  test('of a stranger, of days that are none, or said by a terminal as an officer, it is nobody’s; rebuilt it is the same', async () => {
    const before = await rows();
    await tell(
      asked(randomUUID(), { personId: stranger }),
      asked(randomUUID(), { from: '2026-02-30', to: '2026-03-01' }),
      asked(randomUUID(), { from: '2026-12-04' }),
    );
    expect(await rows()).toEqual(before);
    await tell(asked(randomUUID()));
    const known = await rows();
    expect(known).toHaveLength(before.length + 1);
    await rebuild(store, absenceProjection);
    expect(await rows()).toEqual(known);
  });
});
