import { defaultLadderRule, type LadderView, type NotificationLine } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchUp, liveProjections } from '@sightline/store';
import { climbDue } from '#live/ladder.ts';
import { seedWatch, type SeededVillage } from '#testing/seed-watch.ts';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';
import { makeKeyFile } from './testing-factor.ts';

const region = '540235100201';
const township = '540235100';
const subject = `${region}.watch.2026-11-23.full`;
const at = (text: string) => Temporal.Instant.from(`2026-11-23T${text}:00+08:00`);
const why = 'purpose=duty-watch';

describe('reminders at the console', () => {
  const key = makeKeyFile();
  let console: TestConsole;
  let village: SeededVillage;
  let officer: string;
  const climbAt = async (text: string) => {
    console.clock.now = at(text);
    await catchUp(console.store, liveProjections);
    return climbDue({ store: console.store, now: () => console.clock.now, channels: [] });
  };
  const read = async <T>(url: string, cookie = officer): Promise<T> => {
    const reply = await console.call({ url, cookie });
    expect(reply.statusCode, reply.body).toBe(200);
    return reply.json<T>();
  };
  const post = (url: string, body: object, cookie: string) =>
    console.call({ method: 'POST', url, body, cookie });
  beforeAll(async () => {
    console = await openTestConsole({ registerKeyFile: key.file });
    console.clock.now = at('07:00');
    const seed = { regions: [region], from: '2026-11-23', days: 1, now: at('07:00') };
    const [seeded] = await seedWatch(console.store, seed);
    if (seeded === undefined) throw new Error('No village was seeded.');
    village = seeded;
    officer = await console.enter(['dispatcher'], township);
  });
  afterAll(async () => {
    await console[Symbol.asyncDispose]();
    key[Symbol.dispose]();
  });

  test('a duty nobody came to is listed with who was told, how, and when the next one is', async () => {
    await climbAt('08:15');
    await climbAt('08:30');
    await climbAt('08:45');
    const { items } = await read<{ items: LadderView[] }>(`/api/ladders?${why}`);
    expect(items).toMatchObject([
      {
        subject,
        holder: { personId: village.holder, name: '扎西' },
        fallback: { personId: village.fallback, name: '扎西' },
        cause: 'absent',
        state: 'waiting',
      },
    ]);
    expect(items[0]?.nextAt).toBe('2026-11-23T02:00:00Z');
    expect(
      items[0]?.steps.map(({ rung, asked, deliveries }) => [rung, asked, deliveries[0]?.state]),
    ).toEqual([
      ['remind', 1, 'unreachable'],
      ['fallback', 1, 'unreachable'],
      ['township', 1, 'sent'],
    ]);
  });

  test('the officer finds it in their own list, acknowledges it once, and the ladder waits', async () => {
    const inbox = await read<{ items: NotificationLine[] }>('/api/notifications');
    expect(inbox.items).toMatchObject([{ rung: 'township', dutyCount: 1, acknowledgedAt: null }]);
    const url = `/api/notifications/${inbox.items[0]?.notificationId ?? ''}/acknowledge`;
    const stranger = await console.call({
      method: 'POST',
      url,
      cookie: await console.enter(['dispatcher'], '5402'),
    });
    expect(problemOf(stranger)).toBe('no-such-notification');
    const done = await console.call({ method: 'POST', url, cookie: officer });
    expect(done.statusCode, done.body).toBe(201);
    console.clock.now = at('09:00');
    const { items } = await read<{ items: LadderView[] }>(`/api/ladders?${why}`);
    expect(items[0]?.steps.at(-1)?.acknowledged).toBe(1);
    // 08:45 and an hour; the county's own time is 10:00.
    expect(items[0]?.nextAt).toBe('2026-11-23T02:00:00Z');
  });

  test('on somebody’s word a lower rung is acknowledged too; one nobody climbed is not', async () => {
    const say = (rung: string) =>
      console.call({
        method: 'POST',
        url: '/api/ladders/acknowledge',
        body: { region, subject, rung },
        cookie: officer,
      });
    expect((await say('remind')).statusCode).toBe(201);
    const refused = await say('county');
    expect(refused.statusCode).toBe(409);
    expect(problemOf(refused)).toBe('no-such-step');
  });

  test('a rule is written for a region by who may, holds below it, and must climb upwards', async () => {
    const registrar = await console.enter(['registrar'], '5402');
    const rule = { ...defaultLadderRule, everyoneMustAnswer: true };
    const outside = await post('/api/ladder-rules', { region: township, rule }, officer);
    expect(outside.statusCode).toBe(403);
    const down = { ...rule, afterMinutes: { ...rule.afterMinutes, county: 10 } };
    expect(
      problemOf(await post('/api/ladder-rules', { region: township, rule: down }, registrar)),
    ).toBe('rule-order');
    expect(
      (await post('/api/ladder-rules', { region: township, rule }, registrar)).statusCode,
    ).toBe(201);
    expect(await read(`/api/ladder-rules?region=${region}`)).toEqual({
      rule,
      writtenAt: township,
      channels: [],
    });
    expect(
      (await post('/api/ladder-rules', { region: township, rule: null }, registrar)).statusCode,
    ).toBe(201);
    expect(await read(`/api/ladder-rules?region=${region}`)).toMatchObject({ writtenAt: null });
  });

  test('an address is kept sealed, shown covered, and stands in no command and no audit row', async () => {
    const address = 'zhaxi.dunzhu@example.org';
    const point = { region, personId: village.holder, channel: 'email', address };
    expect((await post('/api/contact-points', point, officer)).statusCode).toBe(201);
    const url = `/api/people/${village.holder}/contact-points?${why}`;
    expect(await read(url)).toEqual({ items: [{ channel: 'email', masked: 'z***@example.org' }] });
    const wrong = await post('/api/contact-points', { ...point, address: 'a@b, c@d' }, officer);
    expect(problemOf(wrong)).toBe('no-address');
    for (const table of ['command', 'audit', 'contact_point', 'log']) {
      const { rows } = await console.store.pool.query<{ text: string }>(
        `select t::text as text from ${table} t`,
      );
      expect(rows.some(({ text }) => text.includes('dunzhu'))).toBe(false);
    }
    expect(
      (await post('/api/contact-points', { ...point, address: null }, officer)).statusCode,
    ).toBe(201);
    expect(await read(url)).toEqual({ items: [] });
  });
});
