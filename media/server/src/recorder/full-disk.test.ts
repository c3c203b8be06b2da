import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';

const isRoot = process.getuid?.() === 0;
let dir: string;
let media: TestMedia;
beforeAll(async () => {
  if (!isRoot) return;
  dir = mkdtempSync(join(tmpdir(), 'sightline-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', dir]);
  media = await openTestMedia({ dataDir: join(dir, 'media') });
});
afterAll(async () => {
  if (!isRoot) return;
  await media[Symbol.asyncDispose]();
  execFileSync('umount', [dir]);
  rmSync(dir, { recursive: true });
});

it.skipIf(!isRoot)(
  'a disk without room is said, takes no slides, and the meeting goes on',
  async () => {
    const order = makeOrder(1);
    const { meetingId, chair } = order.control;
    media.centre.order(order);
    using seat = new PageSeat(media.url, signSeat({ meetingId, seatId: chair }));
    expect(await seat.connected()).toBeNull();
    const put = await fetch(`${media.url}/decks/${randomUUID()}/1/large`, {
      method: 'PUT',
      body: new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1')),
      headers: {
        'content-type': 'image/png',
        authorization: `Bearer ${signSeat({ meetingId, seatId: chair })}`,
      },
    });
    expect([put.status, await put.text()]).toEqual([
      507,
      expect.stringContaining('The disk for slides is full.'),
    ]);
    const health = await (await fetch(`${media.url}/healthz`)).text();
    expect(health).toContain('Nothing is recorded: less than 1 GiB are free');
  },
);
