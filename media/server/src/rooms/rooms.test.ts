import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SeatedChairs, type RoomOrder, type SeatId } from '@sightline/contracts';
import { Value } from 'typebox/value';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue, produceMicrophone } from '#testing/plain-venue.ts';

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia();
});
afterAll(() => media[Symbol.asyncDispose]());

let nextSsrc = 1_000;
const ssrc = () => (nextSsrc += 1);

async function visit(order: RoomOrder, seatId: SeatId): Promise<PageSeat> {
  const seat = new PageSeat(media.url, signSeat({ meetingId: order.control.meetingId, seatId }));
  const refusal = await seat.connected();
  if (refusal !== null) throw new Error(refusal);
  return seat;
}

/** A village that is in and speaks. */
async function speak(order: RoomOrder, seatId: SeatId) {
  const seat = await visit(order, seatId);
  const { plain } = await seat.enterPlain();
  if (plain === null) throw new Error('no plain offer');
  const venue = await PlainVenue.open(seat, { plain, ssrc: ssrc() });
  return {
    seat,
    venue,
    [Symbol.dispose]: () => {
      venue[Symbol.dispose]();
      seat[Symbol.dispose]();
    },
  };
}

describe('a room', () => {
  test('gives each seat the voices it may hear, and the late joiner what is there already', async () => {
    const order = makeOrder(3);
    media.centre.order(order);
    const [first = '', second = ''] = order.venues;
    using speaker = await speak(order, first);
    using late = await visit(order, second);
    const entered = await late.enterPlain();
    expect(entered.room.presentCount).toBe(2);
    expect(entered.room.present).toBeNull();
    const consumer = await eventually(() => late.words('consumer')[0]);
    expect(consumer).toMatchObject({ seatId: first, source: 'microphone', kind: 'audio' });
    expect(speaker.seat.words('consumer')).toEqual([]);
  });

  test('the centre is told of a chair that only listens, until it has left', async () => {
    const order = makeOrder(1);
    const { meetingId, chair } = order.control;
    media.centre.order(order);
    using seat = await visit(order, chair);
    await seat.enterPlain();
    /** Said at the beginning of a link; null = it began, and nothing is said of this room. */
    const told = async () => {
      const from = media.centre.heard.length;
      media.centre.hangUp();
      return eventually(() => {
        const heard = media.centre.heard.slice(from);
        const words = heard.flatMap(({ event, word }) => (event === 'chairs' ? [word] : []));
        const one = words.flatMap((word) => Value.Parse(SeatedChairs, word));
        const found = one.find((chaired) => chaired.meetingId === meetingId);
        return found ?? (heard.some(({ event }) => event === 'health') ? null : undefined);
      }, 20_000);
    };
    const heard = await eventually(async () => (await told()) ?? undefined, 30_000);
    expect(heard.agoMs).toBeLessThan(10_000);
    // Whatever comes over its connection is a sign.
    const askedMs = performance.now();
    await seat.ask('hand', { isUp: false });
    const again = await told();
    expect(again?.agoMs).toBeLessThanOrEqual(performance.now() - askedMs + 1);
    await seat.ask('leave', {});
    expect(await told()).toBeNull();
  });

  test('lets a voice flow once the page is ready for it', async () => {
    const order = makeOrder(2);
    media.centre.order(order);
    const [first = '', second = ''] = order.venues;
    using speaker = await speak(order, first);
    using listener = await speak(order, second);
    const { consumerId } = await eventually(() => listener.seat.words('consumer')[0]);
    expect(listener.venue.voicePackets).toBe(0);
    expect(await listener.seat.ask('consumer-ready', { consumerId })).toEqual({ ok: true });
    await eventually(() => (listener.venue.voicePackets > 5 ? true : undefined));
    expect(speaker.venue.voicePackets).toBe(0);
  });

  test('stops a seat that loses its leave to speak, and does not let it begin by itself', async () => {
    const order = makeOrder(2);
    media.centre.order(order);
    const [first = '', second = ''] = order.venues;
    using speaker = await speak(order, first);
    using listener = await speak(order, second);
    const { consumerId } = await eventually(() => listener.seat.words('consumer')[0]);
    await listener.seat.ask('consumer-ready', { consumerId });
    await eventually(() => (listener.venue.received > 2 ? true : undefined));

    const locked = steered(order, { isLocked: true });
    media.centre.order(locked);
    await eventually(() => speaker.seat.words('stopped')[0]);
    await eventually(() => listener.seat.words('consumer-closed')[0]);
    const begin = { source: 'microphone', isPaused: false };
    expect(await speaker.seat.ask('pause', begin)).toMatchObject({
      ok: false,
      code: 'not-allowed',
    });
    expect(await produceMicrophone(speaker.seat, ssrc())).toMatchObject({
      ok: false,
      code: 'not-allowed',
    });

    media.centre.order(steered(locked, { floor: [first] }));
    await speaker.seat.sees(({ control }) => control.floor.includes(first));
    expect(await speaker.seat.ask('pause', begin)).toEqual({ ok: true });
    await eventually(() => (listener.seat.words('consumer').length === 2 ? true : undefined));
  });

  test('mutes everybody but the chair once, and lets them speak again', async () => {
    const order = makeOrder(1);
    media.centre.order(order);
    const [venue = ''] = order.venues;
    using chair = await speak(order, order.control.chair);
    using village = await speak(order, venue);
    const silenced = { ...order.control, version: 2, silencedAt: 2 };
    media.centre.order({ ...order, control: silenced });
    await eventually(() => village.seat.words('stopped')[0]);
    expect(village.seat.words('stopped')).toEqual([{ source: 'microphone', why: 'muted' }]);
    const begin = { source: 'microphone', isPaused: false };
    expect(await village.seat.ask('pause', begin)).toEqual({ ok: true });
    media.centre.order({ ...order, control: { ...silenced, version: 3, title: '又一次' } });
    await village.seat.sees(({ control }) => control.version === 3);
    expect(village.seat.words('stopped')).toHaveLength(1);
    expect(chair.seat.words('stopped')).toEqual([]);
  });

  test('tells the chair who is there, and a village no more than what is seen, heard and read', async () => {
    const order = makeOrder(40);
    const [first = '', second = '', third = ''] = order.venues;
    media.centre.order(steered(order, { isLocked: true, onAir: [third] }));
    using chair = await visit(order, order.control.chair);
    const own = await chair.enterPlain();
    expect(own.room.seats).toHaveLength(41);
    using village = await visit(order, first);
    const entered = await village.enterPlain();
    const known = entered.room.seats.map(({ seatId }) => seatId);
    expect(known.toSorted()).toEqual([order.control.chair, first, third].toSorted());
    expect(known).not.toContain(second);
    const seen = await chair.sees(({ presentCount }) => presentCount === 2);
    expect(seen.present?.toSorted()).toEqual([first, order.control.chair].toSorted());
    using writes = await visit(order, second);
    await writes.enterPlain();
    await writes.ask('line', { text: '收到' });
    await village.sees(({ seats }) => seats.some(({ seatId }) => seatId === second));
  });

  test('sends away whoever was removed, and all when the meeting ends; their keys open nothing then', async () => {
    const order = makeOrder(2);
    const { meetingId } = order.control;
    media.centre.order(order);
    const [first = '', second = ''] = order.venues;
    using removed = await visit(order, first);
    using other = await visit(order, second);
    await removed.enterPlain();
    await other.enterPlain();
    const fewer = steered(order, {});
    media.centre.order({ ...fewer, seats: fewer.seats.filter(({ seatId }) => seatId !== first) });
    await eventually(() => removed.words('over')[0]);
    expect(removed.words('over')).toEqual([{ why: 'removed' }]);
    await expect(visit(order, first)).rejects.toThrow('no-room');
    media.centre.end(meetingId);
    await eventually(() => other.words('over')[0]);
    expect(other.words('over')).toEqual([{ why: 'ended' }]);
    await expect(visit(order, second)).rejects.toThrow('no-room');
  });

  test('closes what an older page of a seat had, and leaves a page that comes back in peace', async () => {
    const order = makeOrder(1);
    media.centre.order(order);
    const [venue = ''] = order.venues;
    using older = await visit(order, venue);
    await older.enterPlain();
    await older.enterPlain();
    expect(older.words('over')).toEqual([]);
    using newer = await visit(order, venue);
    const entered = await newer.enterPlain();
    expect(entered.room.presentCount).toBe(1);
    await eventually(() => older.words('over')[0]);
    expect(older.words('over')).toEqual([{ why: 'elsewhere' }]);
    expect(newer.words('over')).toEqual([]);
  });

  test('hears an interpreter in the place of the floor where the channel is chosen', async () => {
    const order = makeOrder(3);
    const [speaker = '', interpreter = '', listener = ''] = order.venues;
    media.centre.order(steered(order, { interpreters: [{ seatId: interpreter, language: 'bo' }] }));
    using floor = await speak(order, speaker);
    using hears = await visit(order, listener);
    await hears.enterPlain('bo');
    await eventually(() => hears.words('consumer')[0]);
    expect(hears.words('consumer')[0]).toMatchObject({ seatId: speaker, source: 'microphone' });
    using interprets = await visit(order, interpreter);
    await interprets.enterPlain();
    const produced = await interprets.ask('produce', {
      source: 'interpreter',
      kind: 'audio',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
        encodings: [{ ssrc: ssrc() }],
      },
    });
    expect(produced.ok).toBe(true);
    await eventually(() => hears.words('consumer').find(({ source }) => source === 'interpreter'));
    await eventually(() => hears.words('consumer-closed')[0]);
    expect(await hears.ask('channel', { channel: 'floor' })).toEqual({ ok: true });
    await eventually(() => (hears.words('consumer').length === 3 ? true : undefined));
    expect(hears.words('consumer').at(-1)).toMatchObject({ seatId: speaker });
    expect(floor.seat.words('over')).toEqual([]);
  });

  test('turns a carousel by the server’s clock', async () => {
    const order = makeOrder(3);
    const carousel = { seconds: 5, seats: [...order.venues] };
    media.centre.order(steered(order, { carousel }));
    using viewer = await visit(order, order.control.chair);
    const entered = await viewer.enterPlain();
    const [first = '', second = ''] = order.venues;
    expect(entered.room.pictures[0]).toBe(first);
    const turned = await viewer.sees(({ pictures }) => pictures[0] === second, 8_000);
    expect(turned.pictures).not.toContain(first);
  });
});
