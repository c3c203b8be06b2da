import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SeatedChair } from '@sightline/contracts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { makeOrder, testSecret } from '#testing/orders.ts';
import { ScriptedCentre } from '#testing/scripted-centre.ts';
import { CentreLink } from './centre-link.ts';
import { Journal } from './journal.ts';
import type { Up } from './outgoing.ts';

let centre: ScriptedCentre;
let dir: string;
let seated: readonly SeatedChair[] = [];
beforeEach(async () => {
  centre = await ScriptedCentre.open(testSecret);
  seated = [];
  dir = await mkdtemp(join(tmpdir(), 'centre-link-'));
});
afterEach(async () => {
  await centre[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

async function open(secret = testSecret) {
  const told: string[] = [];
  const log = pino({ level: 'silent' });
  const journal = await Journal.open(join(dir, 'words.jsonl'), log);
  const link = CentreLink.open(
    { centreUrl: centre.url, secret },
    {
      log,
      journal,
      onRooms: (orders) => told.push(`rooms ${orders.length}`),
      onRoom: ({ control }) => told.push(`room ${control.version}`),
      onClosed: (meetingId) => told.push(`closed ${meetingId}`),
      onErase: async () => ({ ok: true, files: 0 }),
      onState: () => undefined,
      chairs: () => seated,
    },
  );
  link.connect();
  return {
    link,
    told,
    async [Symbol.asyncDispose]() {
      await link[Symbol.asyncDispose]();
      await journal[Symbol.asyncDispose]();
    },
  };
}

const meetingId = randomUUID();
const seatId = 'venue-510115100001';
function line(text: string, meeting = meetingId): Up {
  const lineId = randomUUID();
  const at = '2026-11-27T08:00:00.000Z';
  return {
    event: 'line',
    meetingId: meeting,
    key: lineId,
    word: { lineId, meetingId: meeting, seatId, at, text },
  };
}
const texts = () =>
  // The lines this test put itself.
  centre.heard
    .filter(({ event }) => event === 'line')
    .map(({ word }) => (word as { text: string }).text);

describe('the link to the centre', () => {
  test('is told all rooms at its beginning, and each change', async () => {
    const order = makeOrder(1);
    centre.order(order);
    await using opened = await open();
    await eventually(() => (opened.told.includes('rooms 1') ? true : undefined));
    centre.order(order);
    centre.end(order.control.meetingId);
    await eventually(() => (opened.told.length === 3 ? true : undefined));
    expect(opened.told).toEqual(['rooms 1', 'room 1', `closed ${order.control.meetingId}`]);
  });

  test('says each word again until it is acknowledged, in the order of its room', async () => {
    let silent = 2;
    centre.answer = () =>
      silent-- > 0 ? { ok: false, code: 'unavailable', detail: '' } : { ok: true };
    await using opened = await open();
    for (const text of ['1', '2', '3']) opened.link.put(line(text));
    await eventually(() => (opened.link.waiting === 0 ? true : undefined));
    expect(texts()).toEqual(['1', '1', '1', '2', '3']);
  });

  test('keeps what was not acknowledged over a loss of the link', async () => {
    centre.answer = () => null;
    await using opened = await open();
    opened.link.put(line('before'));
    await eventually(() => (texts().length === 1 ? true : undefined));
    centre.hangUp();
    opened.link.put(line('while away'));
    centre.answer = () => ({ ok: true });
    await eventually(() => (opened.link.waiting === 0 ? true : undefined), 20_000);
    expect(texts()).toEqual(['before', 'before', 'while away']);
  });

  test('lets a word go that the centre refuses for good, and goes on with the next', async () => {
    centre.answer = () => ({ ok: false, code: 'unknown-meeting', detail: 'no' });
    await using opened = await open();
    opened.link.put(line('1'));
    opened.link.put(line('2'));
    await eventually(() => (opened.link.waiting === 0 ? true : undefined));
    expect(texts()).toEqual(['1', '2']);
  });

  test('does not hold up one room for another', async () => {
    const other = randomUUID();
    centre.answer = ({ word }) =>
      (word as { meetingId: string }).meetingId === other ? { ok: true } : null; // Its own word.
    await using opened = await open();
    opened.link.put(line('stuck'));
    opened.link.put(line('goes', other));
    await eventually(() => (opened.link.waiting === 1 ? true : undefined));
    expect(texts().toSorted()).toEqual(['goes', 'stuck']);
  });

  test('keeps what a page was told to stand for the next link, and tells it once the centre is back', async () => {
    centre.answer = () => null;
    {
      await using opened = await open();
      expect(await opened.link.keep(line('kept'))).toBeNull();
      opened.link.put(line('put'));
      await eventually(() => (texts().length === 1 ? true : undefined));
      centre.goAway();
    }
    centre.answer = () => ({ ok: true });
    centre.comeBack();
    {
      await using opened = await open();
      await eventually(() => (opened.link.waiting === 0 ? true : undefined), 20_000);
    }
    await using third = await open();
    await eventually(() => (third.link.isUp ? true : undefined));
    expect(third.link.waiting).toBe(0);
    expect(texts()).toEqual(['kept', 'kept', 'put']);
  });

  test('says the health again at each beginning, and not twice the same', async () => {
    await using opened = await open();
    const health = { state: 'ready', workers: 2, detail: '' } as const;
    opened.link.tellHealth(health);
    const said = () => centre.heard.filter(({ event }) => event === 'health').length;
    await eventually(() => (said() === 1 ? true : undefined));
    opened.link.tellHealth({ ...health });
    centre.hangUp();
    await eventually(() => (said() === 2 ? true : undefined));
    expect(centre.heard.at(-1)?.word).toEqual(health);
  });

  test('says at each beginning which chairs sit in their rooms', async () => {
    seated = [{ meetingId, agoMs: 300 }];
    await using opened = await open();
    const said = () => centre.heard.filter(({ event }) => event === 'chairs');
    await eventually(() => (said().length === 1 ? true : undefined));
    centre.hangUp();
    await eventually(() => (said().length === 2 ? true : undefined));
    expect(said().map(({ word }) => word)).toEqual(Array.from({ length: 2 }, () => seated));
    expect(opened.link.waiting).toBe(0);
  });

  test('comes to nothing with another secret', async () => {
    await using opened = await open('another secret, which is long enough as well');
    opened.link.put(line('1'));
    expect(opened.link.isUp).toBe(false);
    expect(centre.heard).toEqual([]);
  });
});
