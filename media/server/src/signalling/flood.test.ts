import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Shed } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { limits } from '#limits.ts';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { Bucket } from './bucket.ts';

const program = join(import.meta.dirname, '../testing/flood-main.ts');
const venues = 20;
/** Of each other venue, while the flood runs. */
const asks = 60;

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia();
});
afterAll(() => media[Symbol.asyncDispose]());

const sheds = (): readonly Shed[] =>
  // The media server's own words.
  media.centre.heard.filter(({ event }) => event === 'shed').map(({ word }) => word as Shed);

/** Floods until it is disposed of. */
async function openFlood(loudToken: string, busyToken: string): Promise<AsyncDisposable> {
  const child = spawn(process.execPath, [program, media.url, loudToken, busyToken], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

describe('a venue that floods the signalling', () => {
  test('is cut off and told once; every other venue is answered, each time, and memory does not grow', async () => {
    const order = makeOrder(venues + 2);
    media.centre.order(order);
    const { meetingId } = order.control;
    const [loud = '', busy = '', ...others] = order.venues;
    using held = new DisposableStack();
    const seats: PageSeat[] = [];
    for (const seatId of others) {
      const seat = held.use(new PageSeat(media.url, signSeat({ meetingId, seatId })));
      expect(await seat.connected()).toBeNull();
      await seat.enterPlain();
      seats.push(seat);
    }
    // Whatever anybody sends is asked of a bucket before it is looked at.
    const looked = vi.spyOn(Bucket.prototype, 'take');
    const rssBefore = process.memoryUsage().rss;
    const behind: number[] = [];
    const tookMs: number[] = [];
    let answered = 0;
    {
      await using _flood = await openFlood(
        signSeat({ meetingId, seatId: loud }),
        signSeat({ meetingId, seatId: busy }),
      );
      await eventually(() => sheds()[1]);
      const askAll = seats.map(async (seat) => {
        for (let n = 0; n < asks; n += 1) {
          const [lookedBefore, askedMs] = [looked.mock.calls.length, performance.now()];
          const answer = await seat.ask('hand', { isUp: n % 2 === 0 });
          behind.push(looked.mock.calls.length - lookedBefore);
          tookMs.push(performance.now() - askedMs);
          if (answer.ok) answered += 1;
          await pause(50); // A person's pace; the rate of a seat allows 40 a second.
        }
      });
      await Promise.all(askAll);
    }
    const grown = process.memoryUsage().rss - rssBefore;
    const total = looked.mock.calls.length;
    looked.mockRestore();
    const p99 = (all: readonly number[]) =>
      all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.99)] ?? NaN;
    process.stdout.write(
      `flood: ${total} packets looked at; p99 of ${answered} answers behind ${p99(behind)} of them, ` +
        `${p99(tookMs).toFixed(0)} ms; ${(grown / 1e6).toFixed(0)} MB\n`,
    );
    expect(answered).toBe(venues * asks);
    expect(seats.every(({ socket }) => socket.connected)).toBe(true);
    // Between a question and its answer: the other venues' own, and one burst of the seat, however many pages it has.
    expect(p99(behind)).toBeLessThanOrEqual(400 + 100);
    expect(grown).toBeLessThan(200 * 1024 * 1024);
    expect(sheds().toSorted((a, b) => a.why.localeCompare(b.why))).toMatchObject([
      { meetingId, seatId: busy, why: 'connections' },
      { meetingId, seatId: loud, why: 'requests' },
    ]);
  }, 180_000);

  test('may come again once it was quiet, and is one venue among others then', async () => {
    const order = makeOrder(1);
    media.centre.order(order);
    const { meetingId } = order.control;
    const seatId = order.venues[0] ?? '';
    const token = signSeat({ meetingId, seatId });
    using loud = new PageSeat(media.url, token);
    await loud.connected();
    const dropped = new Promise((resolve) => loud.socket.once('disconnect', resolve));
    for (let n = 0; n < 2_000; n += 1) loud.socket.emit('nobody-listens', n);
    await dropped;
    using early = new PageSeat(media.url, token);
    expect(await early.connected()).toBe('too-fast');
    await eventually(async () => {
      using later = new PageSeat(media.url, token);
      return (await later.connected()) === null ? true : undefined;
    }, limits.signal.shutMs * 3);
  }, 60_000);

  test('has one count, however many pages it opens: packets, requests and lines alike', async () => {
    const order = makeOrder(2);
    media.centre.order(order);
    const { meetingId } = order.control;
    const [seatId = '', quiet = ''] = order.venues;
    const token = signSeat({ meetingId, seatId });
    using held = new DisposableStack();
    const open = async (by = token): Promise<PageSeat> => {
      const page = held.use(new PageSeat(media.url, by));
      expect(await page.connected()).toBeNull();
      return page;
    };
    const pages = [await open(), await open(), await open(), await open()];
    const asked = pages.flatMap((page) => Array.from({ length: 60 }, () => page.ask('leave', {})));
    const codes = (await Promise.all(asked)).map((answer) => (answer.ok ? 'ok' : answer.code));
    // Twice what a second takes at once, and what grew until the last was read.
    expect(codes.filter((code) => code !== 'too-fast').length).toBeLessThan(160);
    const lines: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const page = await open(signSeat({ meetingId, seatId: quiet }));
      await page.enterPlain();
      const said = Array.from({ length: 5 }, () => page.ask('line', { text: '好' }));
      lines.push(...(await Promise.all(said)).map((answer) => (answer.ok ? 'ok' : answer.code)));
      page[Symbol.dispose]();
    }
    expect(lines.filter((code) => code === 'ok').length).toBeLessThan(15);
    const gone = pages.map(
      ({ socket }) => new Promise((resolve) => socket.once('disconnect', resolve)),
    );
    // Of each page less than one page may send; of all together more than the seat may.
    for (const { socket } of pages)
      for (let n = 0; n < 200; n += 1) socket.emit('nobody-listens', n);
    await Promise.race(gone);
    expect(sheds().at(-1)).toMatchObject({ seatId, why: 'requests' });
  }, 60_000);

  test('with a fifth page ends the first; with one connection it takes one seat', async () => {
    const order = makeOrder(1);
    media.centre.order(order);
    const { meetingId } = order.control;
    const token = signSeat({ meetingId, seatId: order.venues[0] ?? '' });
    using held = new DisposableStack();
    const pages: PageSeat[] = [];
    for (let n = 0; n <= limits.signal.perSeat; n += 1) {
      const page = held.use(new PageSeat(media.url, token));
      expect(await page.connected()).toBeNull();
      pages.push(page);
    }
    await eventually(() => (pages[0]?.socket.connected === false ? true : undefined));
    expect(pages.slice(1).every(({ socket }) => socket.connected)).toBe(true);
    const [, second] = pages;
    const gone = new Promise((resolve) => second?.socket.once('disconnect', resolve));
    // The same word by which it came in, once more on the same connection.
    second?.socket.io.engine.write(`40${JSON.stringify({ token })}`);
    await gone;
  }, 30_000);
});
