import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingTokenKey } from '#signalling/read-recording-token.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, testSecret } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';

let media: TestMedia;
const order = makeOrder(1);
const { meetingId, chair } = order.control;
const village = order.venues[0] ?? '';
beforeAll(async () => {
  media = await openTestMedia();
  media.centre.order(order);
  // Once a seat is let in, the room is known.
  using seat = new PageSeat(media.url, signSeat({ meetingId, seatId: chair }));
  expect(await seat.connected()).toBeNull();
});
afterAll(() => media[Symbol.asyncDispose]());

const colour = { r: 200, g: 40, b: 40 };
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: colour } });
const png = await picture(64, 48).png().toBuffer();
const deck = (deckId: string, page: number | string, size = 'large') =>
  `${media.url}/decks/${deckId}/${page}/${size}`;
const by = (seatId: string) => ({ authorization: `Bearer ${signSeat({ meetingId, seatId })}` });
const put = (url: string, body: Buffer, headers: Record<string, string>) =>
  fetch(url, {
    method: 'PUT',
    body: new Uint8Array(body),
    headers: { 'content-type': 'image/png', ...headers },
  });

const codeOf = async (reply: Response): Promise<unknown> =>
  // The server's own problem.
  ((await reply.json()) as { readonly code?: unknown }).code;

describe('a slide deck', () => {
  test('is put by the chair, and seen by the seats of its room alone', async () => {
    const url = deck(randomUUID(), 1);
    expect((await put(url, png, by(chair))).status).toBe(204);
    const seen = await fetch(url, { headers: by(village) });
    expect(seen.headers.get('content-type')).toBe('image/webp');
    expect(seen.headers.get('x-content-type-options')).toBe('nosniff');
    expect(seen.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    const shown = await sharp(await seen.arrayBuffer()).metadata();
    expect([shown.format, shown.width, shown.height]).toEqual(['webp', 64, 48]);
    expect((await put(url, png, by(village))).status).toBe(403);
    expect((await fetch(url)).status).toBe(401);
    const foreign = signSeat({ meetingId: randomUUID(), seatId: village });
    expect((await fetch(`${url}?token=${foreign}`)).status).toBe(401);
    const own = signSeat({ meetingId, seatId: village });
    expect((await fetch(`${url}?token=${own}`)).status).toBe(200);
  });

  test('takes pictures of its sizes alone, and no path out of its folder', async () => {
    const deckId = randomUUID();
    for (const active of ['<svg/>', '<html>', '%PDF-1.7']) {
      const reply = await put(deck(deckId, 1), Buffer.from(active), by(chair));
      expect([reply.status, await codeOf(reply)]).toEqual([415, 'not-a-picture']);
    }
    const pdf = { 'content-type': 'application/pdf', ...by(chair) };
    const foreign = await put(deck(deckId, 1), png, pdf);
    expect([foreign.status, await codeOf(foreign)]).toEqual([415, 'not-a-picture']);
    const large = Buffer.concat([png, Buffer.alloc(399_000)]);
    expect((await put(deck(deckId, 1), large, by(chair))).status).toBe(204);
    const larger = Buffer.concat([png, Buffer.alloc(401_000)]);
    for (const [url, body] of [
      [deck(deckId, 1, 'small'), large],
      [deck(deckId, 1), larger],
    ] as const) {
      const reply = await put(url, body, by(chair));
      expect([reply.status, await codeOf(reply)]).toEqual([413, 'slide-too-large']);
      // So that a page can read it.
      expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    }
    expect((await put(deck(deckId, 1, 'huge'), png, by(chair))).status).toBe(404);
    for (const page of ['0', '61', '-1', '1e1', '..%2f..%2fx']) {
      expect((await put(deck(deckId, page), png, by(chair))).status).toBe(404);
    }
    expect((await put(deck('..%2f..', 1), png, by(chair))).status).toBe(404);
  });

  test('is refused with its reason where a page cannot be read, and then leaves no deck behind', async () => {
    const deckId = randomUUID();
    const bomb = await picture(16_001, 1_000).png().toBuffer();
    for (const [body, status, code] of [
      [Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'), 422, 'picture-broken'],
      [bomb, 413, 'slide-resolution'],
    ] as const) {
      const reply = await put(deck(deckId, 1), body, by(chair));
      expect(reply.status).toBe(status);
      expect(await reply.json()).toMatchObject({ code });
    }
    expect(await readdir(join(media.config.dataDir, 'decks', meetingId))).not.toContain(deckId);
  });

  test('has each page in two sizes, one apart from the other', async () => {
    const deckId = randomUUID();
    expect((await put(deck(deckId, 1, 'small'), png, by(chair))).status).toBe(204);
    const small = await fetch(deck(deckId, 1, 'small'), { headers: by(village) });
    expect(small.status).toBe(200);
    expect((await fetch(deck(deckId, 1), { headers: by(village) })).status).toBe(404);
  });

  test('that cannot be kept leaves nothing half on the disk', async () => {
    const deckId = randomUUID();
    const dir = join(media.config.dataDir, 'decks', meetingId, deckId);
    await mkdir(join(dir, '1-large'), { recursive: true });
    expect((await put(deck(deckId, 1), png, by(chair))).status).toBe(500);
    expect(await readdir(dir)).toEqual(['1-large']);
  });

  test('is one of at most twenty of a meeting', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 21; n += 1) {
      statuses.push((await put(deck(randomUUID(), 1), png, by(chair))).status);
    }
    expect(statuses.at(-1)).toBe(507);
  });
});

describe('a recorded segment', () => {
  const recordingId = randomUUID();
  const sign = (claims: object) => {
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const key = recordingTokenKey(testSecret);
    return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
  };
  const until = Math.floor(Date.now() / 1000) + 60;
  const token = sign({ v: 1, meetingId, recordingId, until });
  const at = (no: string, range?: string, key = token) =>
    fetch(`${media.url}/recordings/${meetingId}/${recordingId}/${village}/${no}?token=${key}`, {
      headers: range === undefined ? {} : { range },
    });
  beforeAll(async () => {
    const dir = join(media.config.dataDir, 'recordings', meetingId, recordingId, village);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, '000007.webm'), '0123456789');
  });

  test('is fetched whole or in ranges with its recording’s key', async () => {
    const whole = await at('7');
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
    const part = await at('7', 'bytes=2-4');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 2-4/10']);
    expect(await part.text()).toBe('234');
    expect(await (await at('7', 'bytes=-3')).text()).toBe('789');
    expect((await at('7', 'bytes=10-')).status).toBe(416);
    expect((await at('8')).status).toBe(404);
  });

  test('is not fetched with another recording’s key, a seat’s, or one that is too old', async () => {
    const keys = [
      sign({ v: 1, meetingId, recordingId: randomUUID(), until }),
      sign({ v: 1, meetingId, recordingId, until: until - 120 }),
      signSeat({ meetingId, seatId: chair }),
      '',
    ];
    for (const key of keys) expect((await at('7', undefined, key)).status).toBe(401);
  });
});
