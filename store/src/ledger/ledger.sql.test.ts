import { randomUUID } from 'node:crypto';
import { shiftFromKey, type RosterSlot, type StandingDuty } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import { seedDivisions } from '#register/divisions.ts';
import { addPeople } from '#register/add-people.ts';
import { changeRosters } from '#roster/change-roster.ts';
import { enrolSource, issueEnrolmentCode } from '#terminals/enrolment.ts';
import { saveLinkStates } from '#terminals/link-state.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { loadDays } from './load-days.ts';
import { moveHeard } from './move-heard.ts';
import { countDutiesByDay, countDutiesByRegion, type DutyCount } from './read-duty-days.ts';
import { refreshDutyDays } from './refresh-duty-days.ts';
import { saveVerdicts, type JudgedDuty } from './save-verdicts.ts';
import { holdTouched, touchByTime, touchDays } from './touched.ts';

/** Of the equality of both ways to count: a million by hand, these in the suite. */
const rowsToCount = Number(process.env['SIGHTLINE_LEDGER_ROWS'] ?? 200_000);
const village = '540235100201';
const terminalId = `${village}-1`;
const [first, second] = [randomUUID(), randomUUID()];
const days = { scope: '54', from: '2026-01-01', to: '2026-12-31' };
const noon = Temporal.Instant.from('2026-11-23T04:00:00.000Z');

const slot = (shift: string, personId: string): RosterSlot => ({
  post: 'watch',
  shift,
  personId,
  fallbackId: null,
});

function judged(duty: StandingDuty, verdict: 'absent' | 'open'): JudgedDuty {
  const none = { why: null, method: null, checkedInAt: null, lateMinutes: null, receivedAt: null };
  const finding = { verdict, ...none, simulated: false, sampleCamera: false };
  return { duty, finding, completedAt: null };
}

describe.each(engines)('the duty ledger on $name', ({ open }) => {
  let store: TestStore;
  const takeTouched = () => inTransaction(store, holdTouched);
  const change = (slots: readonly RosterSlot[], now: Temporal.Instant) =>
    inTransaction(store, (client) =>
      changeRosters(
        client,
        [{ region: village, window: { from: '2026-11-23', days: 2, posts: ['watch'] }, slots }],
        { now, actor: 'system:test', why: 'edited' },
      ),
    );
  const owed = async (day: string) => {
    const [found] = await loadDays(store.pool, [{ region: village, day }]);
    return found?.duties.map(({ span, personId }) => [span, personId]);
  };
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    await createTerminals(store, [{ terminalId, region: village, simulated: true }]);
    const people = [first, second].map((personId) => ({
      personId,
      region: village,
      name: '扎西',
      post: '委员',
    }));
    await addPeople(store, people, { now: noon, actor: 'system:test' });
  }, 60_000);
  afterAll(() => store[Symbol.asyncDispose]());

  test('a roster changed after a duty began leaves it whom it found; what had not begun follows', async () => {
    const early = noon.subtract({ hours: 24 });
    await change([slot('2026-11-23/day', first), slot('2026-11-23/night', first)], early);
    expect(await owed('2026-11-23')).toEqual([['full', first]]);
    expect(await takeTouched()).toEqual([]); // Nothing of it had begun.
    await change([slot('2026-11-23/day', second), slot('2026-11-23/night', second)], noon);
    expect(await owed('2026-11-23')).toEqual([
      ['day', first],
      ['night', second],
    ]);
    expect(await takeTouched()).toEqual([{ region: village, day: '2026-11-23' }]);
    await change([], noon);
    expect(await owed('2026-11-23')).toEqual([['day', first]]);
  });

  test('a row whose duty nobody owes any more goes; what says the same is not written again', async () => {
    const [day] = await loadDays(store.pool, [{ region: village, day: '2026-11-23' }]);
    const duties = day?.duties ?? [];
    const save = (rows: readonly JudgedDuty[], now: Temporal.Instant) =>
      inTransaction(store, (client) =>
        saveVerdicts(client, [{ region: village, day: '2026-11-23', judged: rows }], now),
      );
    const version = async () =>
      (await store.pool.query<{ xmin: string }>('select xmin::text from duty_ledger')).rows;
    await save(
      duties.map((duty) => judged(duty, 'open')),
      noon,
    );
    const before = await version();
    await save(
      duties.map((duty) => judged(duty, 'open')),
      noon.add({ minutes: 1 }),
    );
    expect(await version()).toEqual(before);
    await save([], noon);
    expect(await version()).toEqual([]);
  });

  test('time marks the days whose shifts begin or end, once', async () => {
    await change([slot('2026-11-24/day', first)], noon);
    await touchByTime(store, noon);
    await takeTouched();
    await touchByTime(store, noon.add({ hours: 7 }));
    expect(await takeTouched()).toEqual([]);
    await touchByTime(store, shiftFromKey('2026-11-24/day').from);
    expect(await takeTouched()).toEqual([{ region: village, day: '2026-11-24' }]);
    await touchByTime(store, shiftFromKey('2026-11-24/day').from.add({ hours: 1 }));
    expect(await takeTouched()).toEqual([]);
  });

  test('a device is heard as far as it said that nothing waits, less what a beat may be on its way', async () => {
    const code = await issueEnrolmentCode(store.pool, terminalId, '2026-11-20T04:00:00.000Z');
    await enrolSource(store, {
      code,
      publicKey: 'key',
      fingerprint: 'f'.repeat(43),
      now: '2026-11-20T04:00:00.000Z',
    });
    const beat = async (beatAt: string, waiting: number) => {
      const link = { terminalId, region: village, connected: true, linkSince: beatAt };
      const none = { oldestWaitingAt: null, deadLetters: 0, desiredVersion: 0, camera: null };
      const state = { ...link, ...none, beatAt, waiting, version: null, device: null };
      await saveLinkStates(store.pool, [state]);
      await moveHeard(store);
      const [day] = await loadDays(store.pool, [{ region: village, day: '2026-11-23' }]);
      return day?.sources[0]?.heardUntil?.toString() ?? null;
    };
    expect(await beat('2026-11-23T13:00:00.000Z', 3)).toBeNull();
    expect(await beat('2026-11-23T13:00:00.000Z', 0)).toBe('2026-11-23T12:58:00Z');
    const touched = await takeTouched();
    expect(touched.map(({ day }) => day)).toEqual(
      ['20', '21', '22', '23'].map((day) => `2026-11-${day}`),
    );
    // Nothing of the rosters begins or ends in between: nothing is written.
    expect(await beat('2026-11-23T14:00:00.000Z', 0)).toBe('2026-11-23T12:58:00Z');
    expect(await beat('2026-11-24T00:01:00.000Z', 0)).toBe('2026-11-23T12:58:00Z');
    expect(await beat('2026-11-24T00:02:00.000Z', 0)).toBe('2026-11-24T00:00:00Z');
    expect(await beat('2026-11-23T20:00:00.000Z', 0)).toBe('2026-11-24T00:00:00Z');
  });

  test('marks that were taken come back when judging failed', async () => {
    await touchDays(store.pool, [{ region: village, day: '2026-11-01' }]);
    await takeTouched();
    await touchDays(store.pool, [{ region: village, day: '2026-11-02' }]);
    const failing = inTransaction(store, async (client) => {
      await holdTouched(client);
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await takeTouched()).toEqual([{ region: village, day: '2026-11-02' }]);
  });

  test('the figures of days equal the rows themselves, after what came late and what went', async () => {
    await store.pool.query('delete from duty_ledger');
    const given = Math.max(1, Math.round(rowsToCount / 60));
    for (let day = 0; day < 60; day += 1) await store.pool.query(fillDay, [day, given]);
    await refreshDutyDays(store);
    await expectEqual(store);
    // A village is back after ten days, and a roster lost some of its duties.
    await store.pool.query(
      `update duty_ledger set verdict = 'late', why = null, method = 'pin', checked_in_at = starts_at,
         late_minutes = 45, completed_at = starts_at + interval '10 days'
       where verdict = 'unknown' and right(region, 1) in ('1', '2')`,
    );
    await store.pool.query(`delete from duty_ledger where verdict = 'absent' and post = 'lead'`);
    await refreshDutyDays(store);
    await expectEqual(store);
  }, 300_000);
});

const fillDay = `
  insert into duty_ledger (region, post, day, span, person_id, starts_at, ends_at, owed_from, verdict, why,
    method, checked_in_at, late_minutes, judged_at)
  select '5402' || lpad((21 + n % 3)::text, 2, '0') || lpad((100 + n % 7)::text, 3, '0')
           || lpad((n / 6)::text, 3, '0'),
    (array['lead', 'watch', 'standby'])[1 + n / 2 % 3], to_char(t.day, 'YYYY-MM-DD'),
    (array['day', 'night'])[1 + n % 2], '00000000-0000-4000-8000-000000000000', t.starts,
    t.starts + interval '12 hours', t.starts, v.verdict,
    case when v.verdict = 'unknown' then 'not-heard' end,
    case when v.verdict in ('on-time', 'late') then (array['face', 'pin'])[1 + n % 2] end,
    case when v.verdict in ('on-time', 'late') then t.starts end,
    case when v.verdict = 'late' then 30 + n % 100 end, t.starts
  from generate_series(0, $2::int - 1) as g (n)
  cross join lateral (select date '2026-09-01' + $1::int as day,
    (date '2026-09-01' + $1::int + time '08:00' + (n % 2) * interval '12 hours')
      at time zone 'Asia/Shanghai' as starts) as t
  cross join lateral (select (array['on-time', 'on-time', 'late', 'absent', 'unknown'])
    [1 + (n * 31 + $1::int * 7) % 5] as verdict) as v
  on conflict do nothing`;

/** The same from every single row. */
async function countRaw({ pool }: TestStore, of: string): Promise<DutyCount[]> {
  const { rows } = await pool.query<DutyCount>(
    `select (${of}) collate "C" as of, verdict, coalesce(method, 'none') as method,
            count(*)::integer as duties, coalesce(sum(late_minutes), 0)::integer as "lateMinutes",
            count(completed_at)::integer as completed
     from duty_ledger where region like '5402%' group by 1, 2, 3 order by 1, 2, 3`,
  );
  return rows;
}

async function expectEqual(store: TestStore): Promise<void> {
  const prefecture = { ...days, scope: '5402' };
  const raw = await countRaw(store, 'left(region, 6)');
  expect(raw.length).toBeGreaterThan(5);
  expect(await countDutiesByRegion(store.pool, prefecture)).toEqual(raw);
  expect(await countDutiesByDay(store.pool, prefecture)).toEqual(await countRaw(store, 'day'));
  const [township = ''] = raw.map(({ of }) => `${of}100`);
  const byVillage = await countDutiesByRegion(store.pool, { ...days, scope: township });
  const rawVillage = (await countRaw(store, 'region')).filter(({ of }) => of.startsWith(township));
  expect(byVillage).toEqual(rawVillage);
}
