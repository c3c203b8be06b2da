import { randomUUID } from 'node:crypto';
import { isRefusal } from '@sightline/contracts';
import {
  acknowledgeStep,
  appendAbsence,
  catchUp,
  createAccount,
  inTransaction,
  listInbox,
  liveProjections,
  readLadders,
  setPatterns,
  setContactPoint,
} from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedWatch, type SeededVillage } from '#testing/seed-watch.ts';
import { checkedIn, record } from '#testing/start-test-centre.ts';
import { climbDue, readOpenLadders } from './ladder.ts';

const regions = ['540235100201', '540235100202', '540235101001'];
const at = (text: string) => Temporal.Instant.from(`2026-11-27T${text}:00+08:00`);

describe('ladders of running duties', () => {
  let store: TestStore;
  let villages: SeededVillage[];
  let township: string;
  const climbOnly = (text: string) => climbDue({ store, now: () => at(text), channels: ['email'] });
  const climbAt = async (text: string) => {
    await catchUp(store, liveProjections);
    return climbOnly(text);
  };
  const subjectOf = (region: string | undefined) => `${String(region)}.watch.2026-11-27.full`;
  const rungsOf = async (region: string | undefined) =>
    (await readLadders(store.pool, [subjectOf(region)])).steps.map(({ rung }) => rung);
  beforeAll(async () => {
    store = await openTestStore();
    const now = at('00:00');
    villages = await seedWatch(store, { regions, from: '2026-11-26', days: 3, now });
    const account = { roles: ['dispatcher'], now } as const;
    township = await createAccount(store.pool, { ...account, region: '540235100' });
    await createAccount(store.pool, { ...account, region: '5402' });
    await inTransaction(store, (client) =>
      setContactPoint(client, {
        recipient: `account:${township}`,
        channel: 'email',
        cipher: Buffer.from('sealed'),
        masked: 't***@example.org',
      }),
    );
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('nobody is reminded before the time, and each rung once however often it is looked at', async () => {
    expect(await climbAt('08:14')).toBe(0);
    // Two processes at the same time: one has the ladders, the other finds nothing left.
    const both = await Promise.all([climbOnly('08:15'), climbOnly('08:15')]);
    expect(both.reduce((sum, count) => sum + count)).toBe(3);
    expect(await climbAt('08:15')).toBe(0);
    expect(await rungsOf(regions[0])).toEqual(['remind']);
  });

  test('a check-in that is stored and not yet projected is waited for; then that ladder is over', async () => {
    const [first] = villages;
    if (first === undefined) throw new Error('No village was seeded.');
    const came = checkedIn(first.region, '2026-11-27/day', first.holder);
    await record(store, [{ ...came, at: at('08:20').toString({ fractionalSecondDigits: 3 }) }]);
    expect(await climbOnly('08:31')).toBe(0);
    expect(await climbAt('08:31')).toBe(2);
    expect(await rungsOf(first.region)).toEqual(['remind']);
    expect(await rungsOf(regions[1])).toEqual(['remind', 'fallback']);
  });

  test('a township finds its villages in one message; one without officers is written down as nobody asked', async () => {
    expect(await climbAt('08:46')).toBe(2);
    const inbox = await listInbox(store.pool, { accountId: township, before: null, limit: 10 });
    expect(inbox).toMatchObject([{ rung: 'township', subjects: [subjectOf(regions[1])] }]);
    const other = await readLadders(store.pool, [subjectOf(regions[2])]);
    expect(other.steps.map(({ rung, asked }) => [rung, asked]).at(-1)).toEqual(['township', 0]);
    const { rows } = await store.pool.query<{ way: string; count: number }>(
      `select split_part(recipient, ':', 1) || ' ' || channel || ' ' || state as way, count(*)::integer
       from notification group by 1 order by 1`,
    );
    expect(rows.map(({ way, count }) => `${way} ${count}`)).toEqual([
      'account console sent 1',
      'account email waiting 1',
      'person sms unreachable 5',
    ]);
  });

  test('who acknowledged has an hour; the county is told of the other one alone', async () => {
    const account = await createAccount(store.pool, {
      roles: ['dispatcher'],
      region: '540235100',
      now: at('09:00'),
    });
    const said = {
      subject: subjectOf(regions[1]),
      region: regions[1] ?? '',
      rung: 'township',
    } as const;
    const acknowledge = () =>
      inTransaction(store, (client) =>
        acknowledgeStep(
          client,
          { ...said, by: `account:${account}`, accountId: account },
          { now: at('09:50'), actor: `account:${account}`, cause: randomUUID() },
        ),
      );
    expect(await acknowledge()).toBe(true);
    expect(await acknowledge()).toBe(true);
    expect(await climbAt('10:01')).toBe(1);
    const open = await readOpenLadders(store.pool, { scope: '540235', now: at('10:01') });
    expect(open.map(({ region, ladder }) => [region, ladder.state])).toEqual([
      [regions[1], 'held'],
      [regions[2], 'exhausted'],
    ]);
    expect(await climbAt('10:51')).toBe(1);
    const { rows } = await store.pool.query<{ count: number }>(
      `select count(*)::integer from log where type like 'ladder.%'`,
    );
    expect(rows[0]?.count).toBe(3 + 2 + 2 + 1 + 1 + 1);
  });

  test('a gap in the roster is told too: to who could stand there, then upwards; whoever comes ends it', async () => {
    const [, , region = ''] = regions;
    await inTransaction(store, (client) =>
      setPatterns(client, [region], {
        lead: {
          shifts: 'day',
          dayKinds: ['workday', 'weekend', 'holiday'],
          rotation: 'daily',
          people: null,
        },
      }),
    );
    expect(await climbAt('12:00')).toBe(1);
    const open = await readOpenLadders(store.pool, { scope: region, now: at('12:00') });
    const gap = open.find(({ cause }) => cause === 'gap');
    expect(gap).toMatchObject({
      subject: `${region}.lead.2026-11-27.day`,
      duty: { personId: null, fallbackId: villages[2]?.fallback },
      steps: [{ rung: 'fallback' }],
    });
    const came = checkedIn(region, '2026-11-27/day', villages[2]?.fallback ?? '');
    await record(store, [{ ...came, at: at('12:05').toString({ fractionalSecondDigits: 3 }) }]);
    await catchUp(store, liveProjections);
    expect(await readOpenLadders(store.pool, { scope: region, now: at('12:30') })).toEqual([]);
  });

  test('a rung nobody climbed cannot be acknowledged', async () => {
    const done = await inTransaction(store, (client) =>
      acknowledgeStep(
        client,
        {
          subject: subjectOf(regions[0]),
          region: regions[0] ?? '',
          rung: 'county',
          by: 'account:x',
          accountId: township,
        },
        { now: at('11:00'), actor: 'system:test' },
      ),
    );
    expect(isRefusal(done)).toBe(false);
    expect(done).toBe(false);
  });
});

test('nobody who is away is rung: their duty begins with whoever could stand there instead', async () => {
  await using store = await openTestStore();
  const [village] = await seedWatch(store, {
    regions: ['540235100201'],
    from: '2026-11-26',
    days: 3,
    now: at('00:00'),
  });
  if (village === undefined) throw new Error('No village was seeded.');
  const { region, holder, fallback } = village;
  const absenceId = randomUUID();
  const away = { absenceId, personId: holder, from: '2026-11-27', to: '2026-11-27' };
  await inTransaction(store, (client) =>
    appendAbsence(
      client,
      { region, absenceId, type: 'absence.entered', data: away },
      { now: at('00:00'), actor: 'account:officer', seenPosition: 0 },
    ),
  );
  await catchUp(store, liveProjections);
  const [open] = await readOpenLadders(store.pool, { scope: region, now: at('08:40') });
  expect(open).toMatchObject({
    cause: 'gap',
    duty: { personId: null, fallbackId: fallback, span: 'full' },
    ladder: { due: 'fallback' },
  });
  await climbDue({ store, now: () => at('08:40'), channels: ['email'] });
  const { rows } = await store.pool.query<{ recipient: string }>(
    'select recipient from notification',
  );
  expect(rows.map(({ recipient }) => recipient)).toEqual([`person:${fallback}`]);
});
