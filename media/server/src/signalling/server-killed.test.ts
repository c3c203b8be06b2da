import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RaisedHand, RoomLine } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { startMediaProcess } from '#testing/media-process.ts';
import { makeOrder, signSeat, testSecret } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { ScriptedCentre } from '#testing/scripted-centre.ts';

test('a line and a hand that were acknowledged while the centre was away outlive a killed media server, once each', async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'media-killed-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const centre = stack.use(await ScriptedCentre.open(testSecret));
  const order = makeOrder(1);
  const [seatId = ''] = order.venues;
  const { meetingId } = order.control;
  centre.order(order);
  /** What was told, by its word. */
  const told = <T>(event: string): readonly T[] =>
    // The media server's own words.
    centre.heard.filter((one) => one.event === event).map(({ word }) => word as T);

  const first = stack.use(await startMediaProcess({ dataDir, centreUrl: centre.url }));
  {
    using seat = new PageSeat(first.url, signSeat({ meetingId, seatId }));
    expect(await seat.connected()).toBeNull();
    await seat.enterPlain();
    centre.goAway();
    expect(await seat.ask('line', { text: '路断了' })).toEqual({ ok: true });
    expect(await seat.ask('hand', { isUp: true })).toEqual({ ok: true });
    expect(seat.words('line')).toMatchObject([{ text: '路断了' }]);
    await first.kill();
  }
  expect([told('line'), told('hand')]).toEqual([[], []]);

  const second = stack.use(await startMediaProcess({ dataDir, centreUrl: centre.url }));
  centre.comeBack();
  await eventually(() => (told('hand').length > 0 && told('line').length > 0) || undefined, 30_000);
  await second.kill();
  const third = stack.use(await startMediaProcess({ dataDir, centreUrl: centre.url }));
  // It is there, and has nothing of before to tell.
  using seat = new PageSeat(third.url, signSeat({ meetingId, seatId }));
  expect(await seat.connected()).toBeNull();
  await seat.enterPlain();
  expect(await seat.ask('line', { text: '又通了' })).toEqual({ ok: true });
  await eventually(() => told<RoomLine>('line').some(({ text }) => text === '又通了') || undefined);
  expect(told<RoomLine>('line').map(({ text }) => text)).toEqual(['路断了', '又通了']);
  expect(told<RaisedHand>('hand')).toEqual([{ meetingId, seatId, isUp: true }]);
}, 120_000);
