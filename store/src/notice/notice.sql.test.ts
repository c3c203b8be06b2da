import { randomUUID } from 'node:crypto';
import type { PostNoticeRequest } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.ts';
import { appendAudit } from '#access/audit.ts';
import { listReadings } from '#access/readings.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { readReachabilityToday } from '#spot-check/read-reachability-today.ts';
import { readReciprocal } from '#spot-check/read-reachability.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { readEquippedVillages } from './hold-notice.ts';
import { noticeProjection } from './notice-projection.ts';
import { postNotice, withdrawNotice } from './post-notice.ts';
import { listNotices, readNotice } from './read-notices.ts';

const first = '540235100201';
const second = '540235100202';
const villages = [first, second];
const scope = '540235100';

describe.each(engines)('notices on $name', ({ open }) => {
  let store: TestStore;
  let accountId: string;
  const person = randomUUID();
  const sources = new Map(villages.map((region) => [region, new TestSource()]));
  /** Facts are received now by the database's clock: so notices are posted an hour before. */
  const now = Temporal.Now.instant().round('millisecond');
  const postedAt = now.subtract({ hours: 1 });
  const change = { now: postedAt, actor: 'system:test' };

  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: '5402', now });
    await createTerminals(
      store,
      villages.map((region) => ({ terminalId: `${region}-1`, region, simulated: true })),
    );
    for (const [region, { source }] of sources) {
      await store.pool.query(
        `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
        [source, `${region}-1`, now.toString()],
      );
    }
    const people = [{ personId: person, region: first, name: '扎西', post: '' }];
    expect(await addPeople(store, people, change)).toBeNull();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const post = async (more: Partial<PostNoticeRequest> = {}): Promise<string> => {
    const noticeId = more.noticeId ?? randomUUID();
    const by = { login: 'd', roles: ['dispatcher'], region: '5402' };
    const asked = { region: scope, level: 'plain', title: '防雪', text: '今夜有雪' } as const;
    await inTransaction(store, async (client) => {
      const ground = await readEquippedVillages(client, scope);
      const decided = { ...asked, mustReadBy: null, ...more, noticeId, accountId, by };
      const refusal = await postNotice(client, { ...decided, villages: ground.regions }, change);
      expect(refusal).toBeNull();
    });
    return noticeId;
  };
  const tell = async (
    region: string,
    noticeId: string,
    kind: 'delivered' | 'read',
    more: Partial<TestFact> & { readonly said?: Record<string, unknown> } = {},
  ): Promise<void> => {
    const { said = {}, ...rest } = more;
    const source = sources.get(region);
    const clock = { bootId: source?.bootId ?? '', uptimeMs: 1, offsetMs: 0 };
    const data = { noticeId, terminalId: `${region}-1`, ...said };
    const at = now.subtract({ minutes: 30 }).toString({ fractionalSecondDigits: 3 });
    await source?.append(store, [{ region, type: `notice.${kind}`, at, clock, data, ...rest }]);
    await catchUp(store, [noticeProjection]);
  };
  const receiptFor = async (what: string, subject: string | null) => {
    const entry = { who: `account:${accountId}`, what, region: scope, purpose: 'duty-watch' };
    return appendAudit(store.pool, { entry: { ...entry, subject }, now });
  };
  const read = async (noticeId: string) => {
    const receipt = await receiptFor('notice.read', `notice:${noticeId}`);
    return readNotice(store.pool, receipt, { noticeId, scope });
  };
  const told = async (region = first) =>
    (await readDesired(store.pool, `${region}-1`))?.notices?.map(({ noticeId }) => noticeId) ?? [];

  test('a notice stands at each terminal with its text, and in the log without it', async () => {
    expect(await readEquippedVillages(store.pool, scope)).toMatchObject({
      regions: villages,
      villages: 2,
    });
    const noticeId = await post({ level: 'important', mustReadBy: now.toString() });
    for (const region of villages) {
      const desired = await readDesired(store.pool, `${region}-1`);
      expect(desired?.notices?.[0]).toMatchObject({ noticeId, text: '今夜有雪' });
    }
    const { rows } = await store.pool.query(
      `select body::json -> 'data' as data from log where body::json ->> 'type' = 'notice.posted'`,
    );
    expect(rows).toEqual([{ data: { noticeId, level: 'important', villages: 2 } }]);
    const receipt = await receiptFor('notices.list', null);
    const page = { scope: second, limit: 10, before: null };
    expect(await listNotices(store.pool, receipt, page)).toMatchObject([
      { noticeId, sent: 1, delivered: 0, read: 0 },
    ]);
  });

  test('receipts are dated by the terminal where its clock was set, and by their coming where not', async () => {
    const noticeId = await post();
    await tell(first, noticeId, 'delivered');
    const clock = { bootId: randomUUID(), uptimeMs: 1, offsetMs: null };
    await tell(second, noticeId, 'read', { clock, at: '2020-01-01T00:00:00.000Z' });
    const view = await read(noticeId);
    expect(view).toMatchObject({ sent: 2, delivered: 2, read: 1 });
    const [one, two] = view?.receipts ?? [];
    expect(one).toMatchObject({ region: first, readAt: null });
    expect(Date.parse(one?.deliveredAt ?? '')).toBe(
      now.subtract({ minutes: 30 }).epochMilliseconds,
    );
    expect(Date.parse(two?.readAt ?? '')).toBeGreaterThanOrEqual(now.epochMilliseconds);
  });

  test('an important one is read when somebody of the village signed, once, and named to who asks', async () => {
    const noticeId = await post({ level: 'important' });
    const signed = { personId: person, method: 'pin' };
    await tell(first, noticeId, 'read');
    await tell(second, noticeId, 'read', { said: signed }); // Nobody of that village.
    expect(await read(noticeId)).toMatchObject({ read: 0 });
    await tell(first, noticeId, 'read', { said: signed });
    await tell(first, noticeId, 'read', {
      said: signed,
      at: now.toString({ fractionalSecondDigits: 3 }),
    });
    const view = await read(noticeId);
    expect(view?.receipts.at(-1)).toMatchObject({ region: first, readBy: '扎西' });
    expect(Date.parse(view?.receipts.at(-1)?.readAt ?? '')).toBeLessThan(now.epochMilliseconds);
    const page = { personId: person, region: first, limit: 20, before: null };
    const readings = await listReadings(store.pool, await receiptFor('readings', null), page);
    expect(readings.map(({ what }) => what)).toContain('notice.read');
  });

  test('a withdrawn one leaves the terminals and keeps its receipts', async () => {
    const before = await told();
    const noticeId = await post();
    await tell(first, noticeId, 'read');
    await inTransaction(store, (client) =>
      withdrawNotice(client, { noticeId, region: scope }, { ...change, now }),
    );
    expect(await told()).toEqual(before);
    expect(await read(noticeId)).toMatchObject({ read: 1, withdrawnAt: expect.any(String) });
  });

  test('a terminal keeps the newest twenty, and of long ones only what fits, the newest always', async () => {
    const short: string[] = [];
    for (let each = 0; each < 21; each += 1) short.push(await post());
    expect(await told()).toEqual(short.toReversed().slice(0, 20));
    const long = [
      await post({ text: '雪'.repeat(1_000) }),
      await post({ text: '\u{20000}'.repeat(1_000) }),
    ];
    const kept = await told();
    expect(kept.slice(0, 2)).toEqual(long.toReversed());
    expect(kept.length).toBeLessThan(10);
    const notices = (await readDesired(store.pool, `${first}-1`))?.notices;
    expect(Buffer.byteLength(JSON.stringify(notices))).toBeLessThanOrEqual(8 * 1024);
  });

  test('built again, the receipts are the same', async () => {
    const all = () => store.pool.query('select * from notice_village order by notice_id, region');
    const before = (await all()).rows;
    await rebuild(store, noticeProjection);
    expect((await all()).rows).toEqual(before);
  });

  test('upper levels are measured by what they answered, and a ring that goes on has not failed', async () => {
    const day = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
    const at = (minutes: number) => now.subtract({ minutes }).toString();
    const step = `insert into ladder_step (subject, rung, cause, region, at, asked)
                  values ($1, $2, 'absent', $3, $4, 1)`;
    for (const [subject, rung] of [
      ['a', 'township'],
      ['b', 'county'],
      ['c', 'remind'],
    ]) {
      await store.pool.query(step, [subject, rung, first, at(20)]);
    }
    for (const [by, minutes] of [
      ['account:x', 10],
      ['account:y', 5],
    ] as const) {
      await store.pool.query(
        `insert into ladder_acknowledgement (subject, rung, by, at, account_id)
         values ('a', 'township', $1, $2, $3)`,
        [by, at(minutes), accountId],
      );
    }
    await store.pool.query(
      `insert into complaint (complaint_id, position, changed_position, region, kind, sentences, origin,
         receipt, raised_at, state, due_from, taken_up_at, answered_at)
       values ($1, 1, 1, $2, 'complaint', '{}', 'console', '123456789', $3, 'answered', $3, $4, $5)`,
      [randomUUID(), first, at(20), at(19), at(16)],
    );
    const from = day.subtract({ days: 1 }).toString(); // Midnight may lie between.
    const minute = 60_000;
    expect(await readReciprocal(store.pool, { scope, from, to: day.toString() })).toEqual([
      { of: 'complaint', asked: 1, answered: 1, p50Ms: minute, p95Ms: minute },
      { of: 'complaint-answer', asked: 1, answered: 1, p50Ms: 4 * minute, p95Ms: 4 * minute },
      { of: 'ladder', asked: 2, answered: 1, p50Ms: 10 * minute, p95Ms: null },
    ]);
    const noon = day.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: '12:00' }).toInstant();
    const today = { scope, now: noon };
    expect(await readReachabilityToday(store.pool, today)).toMatchObject({ rings: 0, p50Ms: null });
    const ring = async (region: string, minutes: number, answeredMs: number | null) => {
      const [checkId, ordered] = [randomUUID(), noon.subtract({ minutes })];
      const window = [ordered.toString(), ordered.add({ minutes: 5 }).toString()];
      await store.pool.query(
        `insert into spot_check (check_id, region, reason, note, seconds, ordered_at, until, account_id)
         values ($1, $2, 'routine', '', 300, $3, $4, $5)`,
        [checkId, scope, ...window, accountId],
      );
      await store.pool.query(
        `insert into spot_check_village (check_id, region, ordered_at, until, answered_at)
         values ($1, $2, $3, $4, $5)`,
        [
          checkId,
          region,
          ...window,
          answeredMs === null ? null : ordered.add({ milliseconds: answeredMs }).toString(),
        ],
      );
    };
    await ring(first, 60, 8_000);
    await ring(second, 60, null);
    await ring(first, 2, null);
    expect(await readReachabilityToday(store.pool, today)).toEqual({
      day: day.toString(),
      rings: 2,
      answered: 1,
      p50Ms: 8_000,
      p95Ms: null,
      open: { rings: 1, answered: 0 },
    });
  });
});
