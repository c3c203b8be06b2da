import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { openTurnServers } from './turn-servers.ts';

const secret = 'a secret of the relay, 32 characters';
const urls = ['turn:relay.example:3478'];
let dir: string;
let secretFile: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'turn-secret-'));
  secretFile = join(dir, 'turn-secret');
  await writeFile(secretFile, `${secret}\n`);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('keys of the relay', () => {
  test('name their seat and their end, an hour away, and are signed by the secret of the file', () => {
    const serversOf = openTurnServers({ urls, secretFile });
    const [server] = serversOf('venue-540235100201', 1_000_500);
    const username = '4600:venue-540235100201';
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    expect(server).toEqual({ urls, username, credential });
    expect(serversOf('venue-540235100202', 1_000_500)[0]?.credential).not.toBe(credential);
    expect(openTurnServers(null)('venue-540235100201', 0)).toEqual([]);
  });

  test('are made of a file alone: one that is missing or says too little stops the start, by name', async () => {
    expect(() => openTurnServers({ urls, secretFile: '/nowhere' })).toThrow('/nowhere');
    const short = join(dir, 'short');
    await writeFile(short, 'short\n');
    expect(() => openTurnServers({ urls, secretFile: short })).toThrow('holds 5 characters');
  });

  test('come with the entry, come anew when asked for, and hold nothing of the secret', async () => {
    await using media = await openTestMedia({ turn: { urls, secretFile } });
    const order = makeOrder(1);
    media.centre.order(order);
    const { meetingId } = order.control;
    const seatId = order.venues[0] ?? '';
    using seat = new PageSeat(media.url, signSeat({ meetingId, seatId }));
    await seat.connected();
    expect(await seat.ask('ice-servers', {})).toMatchObject({ ok: false, code: 'not-in-room' });
    const { iceServers } = await seat.enterPlain();
    const again = await seat.ask('ice-servers', {});
    const all = [...iceServers, ...(again.ok ? again.iceServers : [])];
    expect(all).toHaveLength(2);
    for (const { username, credential } of all) {
      expect(username).toMatch(new RegExp(`^\\d+:${seatId}$`));
      const signed = createHmac('sha1', secret).update(username).digest('base64');
      expect(credential).toBe(signed);
    }
    expect(JSON.stringify(seat.told)).not.toContain(secret);
    expect(JSON.stringify(all)).not.toContain(secret);
  });
});
