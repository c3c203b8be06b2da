import { randomUUID } from 'node:crypto';
import {
  meetingLimits,
  venueSeat,
  type LinkAnswer,
  type MeetingAct,
  type MeetingControl,
  type RoomOrder,
} from '@sightline/contracts';
import {
  callMeeting,
  createAccount,
  endMeeting,
  holdMeeting,
  inTransaction,
  listAudit,
  readMeeting,
  readVenues,
  saveSteered,
  seedDivisions,
  type HeldMeeting,
  type Client,
} from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { isRefusal, newControl } from '@sightline/contracts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evolveControl } from '#domain/meeting/control.ts';
import { decideSteer } from '#domain/meeting/steer-meeting.ts';
import type { Centre } from '#start-centre.ts';
import { startCentreOn } from '#testing/start-test-centre.ts';
import { noMediaKeys } from './media-keys.ts';

const media = { secret: 'a shared secret of at least 32 characters', url: 'http://127.0.0.1:7410' };
const village = '540235100201';
const seatId = venueSeat(village);
const patience = { timeout: 15_000 };

const stack = new AsyncDisposableStack();
let store: TestStore;
let centre: Centre;
let accountId: string;
beforeAll(async () => {
  store = stack.use(await openTestStore());
  await seedDivisions(store.pool);
  const now = Temporal.Now.instant();
  accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: '540235', now });
  centre = stack.use(await startCentreOn(store, { media }));
});
afterAll(() => stack.disposeAsync());

/** A media server as the centre hears it. */
class TestMedia implements Disposable {
  readonly rooms: RoomOrder[][] = [];
  readonly changes: RoomOrder[] = [];
  readonly closed: string[] = [];
  readonly socket: Socket;

  constructor(secret: string = media.secret, more: Record<string, unknown> = {}) {
    this.socket = io(`${centre.url}/media`, {
      transports: ['websocket'],
      auth: { secret },
      reconnection: false,
      forceNew: true,
      ...more,
    });
    this.socket.on('rooms', (rooms: RoomOrder[]) => this.rooms.push(rooms));
    this.socket.on('room', (room: RoomOrder) => this.changes.push(room));
    this.socket.on('closed', ({ meetingId }: { meetingId: string }) => this.closed.push(meetingId));
  }

  async come(): Promise<this> {
    await expect.poll(() => this.rooms.length, patience).toBe(1);
    return this;
  }

  /** Null = it came in. */
  refusal(): Promise<string | null> {
    return new Promise((resolve) => {
      this.socket.once('connect', () => resolve(null));
      this.socket.once('connect_error', ({ message }) => resolve(message));
    });
  }

  say(event: string, word: unknown): Promise<LinkAnswer> {
    return this.socket.timeout(patience.timeout).emitWithAck(event, word);
  }

  newest(meetingId: string): MeetingControl | undefined {
    const all = [...this.rooms.flat(), ...this.changes].map(({ control }) => control);
    return all.findLast((control) => control.meetingId === meetingId);
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

const change = () => ({ now: Temporal.Now.instant(), actor: 'system:test' });
async function call(): Promise<string> {
  const meetingId = randomUUID();
  const chair = `desk-${accountId}`;
  const room = { meetingId, region: '540235', kind: 'meeting', title: '防雪' } as const;
  const control = newControl({ ...room, chair, isOpen: true });
  await inTransaction(store, async (client) => {
    const refusal = await callMeeting(
      client,
      {
        ...room,
        accountId,
        control,
        ringSeconds: 60,
        isRemoteOpening: false,
        by: { login: 'd', roles: ['dispatcher'], region: '540235' },
        startsAt: Temporal.Now.instant(),
        chair: { seatId: chair, region: '540235', name: 'd', role: 'main' },
        seats: [{ seatId, region: village, name: '村', role: 'branch' }],
      },
      { change: change(), keys: noMediaKeys },
    );
    expect(refusal).toBeNull();
  });
  return meetingId;
}
const held = <T>(meetingId: string, work: (meeting: HeldMeeting, client: Client) => Promise<T>) =>
  inTransaction(store, async (client) => {
    const meeting = await holdMeeting(client, meetingId);
    if (meeting === null) throw new Error(`There is no meeting ${meetingId}.`);
    return work(meeting, client);
  });
const steer = (meetingId: string, act: MeetingAct) =>
  held(meetingId, async (meeting, client) => {
    const ground = { by: meeting.control.chair, absent: [], arriving: [] };
    const decided = decideSteer(meeting, act, { ...ground, now: Temporal.Now.instant() });
    if (isRefusal(decided)) throw new Error(decided.code);
    const steered = { ...decided, act };
    const how = { change: change(), keys: noMediaKeys };
    expect(await saveSteered(client, { held: meeting, steered }, how)).toBeNull();
  });
const factsOf = async (meetingId: string) => {
  const { rows } = await store.pool.query<{ type: string }>(
    `select body::json ->> 'type' as type from log where stream = $1 order by position`,
    [`meeting/540235/${meetingId}`],
  );
  return rows.map(({ type }) => type.replace('meeting.', ''));
};

test('a link is told all open rooms, then each change; a new one takes the place of the former', async () => {
  const meetingId = await call();
  using first = await new TestMedia().come();
  expect(first.newest(meetingId)).toMatchObject({ version: 1, isOpen: true });
  const [order] = first.rooms[0]?.filter((room) => room.control.meetingId === meetingId) ?? [];
  expect(order?.seats.map((seat) => seat.seatId)).toContain(seatId);
  await steer(meetingId, { act: 'give-floor', seatId });
  await expect.poll(() => first.newest(meetingId)?.floor, patience).toEqual([seatId]);
  const gone = new Promise((resolve) => first.socket.once('disconnect', resolve));
  using second = await new TestMedia().come();
  await gone;
  expect(second.newest(meetingId)).toMatchObject({ version: 2, floor: [seatId] });
  await steer(meetingId, { act: 'mute-all', lock: true });
  await expect.poll(() => second.newest(meetingId)?.isLocked, patience).toBe(true);
  expect(first.newest(meetingId)?.isLocked).toBe(false);
  await held(meetingId, (meeting, client) => {
    const control = evolveControl(meeting.control, { type: 'meeting.ended' });
    return endMeeting(client, { held: meeting, control, why: 'chair' }, change());
  });
  await expect.poll(() => second.closed, patience).toEqual([meetingId]);
});

test('another secret, a page, and whoever wants anything but the link are refused', async () => {
  using wrong = new TestMedia('another secret of at least 32 characters');
  expect(await wrong.refusal()).toBe('bad-secret');
  using page = new TestMedia(media.secret, { extraHeaders: { origin: centre.url } });
  // A page comes to the engine of pages, which knows no such namespace.
  expect(await page.refusal()).toBe('Invalid namespace');
  const stray = io(centre.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const refusal = await new Promise((resolve) =>
    stray.once('connect_error', ({ message }) => resolve(message)),
  );
  stray.close();
  expect(refusal).toBe('nothing-here');
});

test('a raised hand is a fact once, however often it is told; a stranger’s is refused', async () => {
  const meetingId = await call();
  using link = await new TestMedia().come();
  const hand = { meetingId, seatId, isUp: true };
  expect(await Promise.all([link.say('hand', hand), link.say('hand', hand)])).toEqual([
    { ok: true },
    { ok: true },
  ]);
  await expect.poll(() => link.newest(meetingId)?.hands, patience).toEqual([seatId]);
  expect(await factsOf(meetingId)).toEqual(['called', 'hand']);
  expect(await link.say('hand', { ...hand, seatId: venueSeat('540236100200') })).toMatchObject({
    ok: false,
    code: 'no-such-seat',
  });
  expect(await link.say('hand', { ...hand, meetingId: randomUUID() })).toMatchObject({
    code: 'no-such-meeting',
  });
  expect(await link.say('hand', { ...hand, more: 1 })).toMatchObject({ code: 'malformed' });
});

test('lines and spells told again over a new link count once; a full batch fits', async () => {
  const meetingId = await call();
  const at = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
  const line = { lineId: randomUUID(), meetingId, seatId, at, text: '听得见' };
  const until = Temporal.Now.instant()
    .add({ seconds: 5 })
    .toString({ smallestUnit: 'millisecond' });
  const spell = {
    spellId: randomUUID(),
    meetingId,
    seatId,
    from: at,
    until,
    packets: 250,
    isOver: true,
  };
  for (let link = 0; link < 2; link += 1) {
    using media = await new TestMedia().come();
    expect(await media.say('line', line)).toEqual({ ok: true });
    expect(await media.say('spells', [spell, spell])).toEqual({ ok: true });
    expect(
      await media.say(
        'spells',
        Array.from({ length: 500 }, () => spell),
      ),
    ).toEqual({ ok: true });
  }
  const scope = '540235';
  const view = await readMeeting(store.pool, { meetingId, scope }, { lines: 9 });
  expect(view?.lines).toEqual([line]);
  const { spells } = await readVenues(store.pool, { meetingId, scope });
  expect(spells).toHaveLength(1);
  expect(await factsOf(meetingId)).toEqual(['called', 'attended']);
});

test('a chair that only listens is seen as long ago as the media server says', async () => {
  const meetingId = await call();
  using link = await new TestMedia().come();
  const seen = async () => {
    const view = await readMeeting(store.pool, { meetingId, scope: '540235' }, { lines: 1 });
    return Temporal.Instant.from(view?.chairSeenAt ?? '').epochMilliseconds;
  };
  const called = await seen();
  const before = Temporal.Now.instant().epochMilliseconds;
  expect(await link.say('chairs', [{ meetingId, agoMs: 0 }])).toEqual({ ok: true });
  const heard = await seen();
  expect(heard).toBeGreaterThanOrEqual(Math.max(before, called));
  expect(await link.say('chairs', [{ meetingId, agoMs: 60_000 }])).toEqual({ ok: true });
  expect(await seen()).toBe(heard);
  const full = Array.from({ length: meetingLimits.seatedChairs }, () => ({ meetingId, agoMs: 0 }));
  expect(await link.say('chairs', full)).toEqual({ ok: true });
  for (const word of [
    [...full, { meetingId, agoMs: 0 }],
    [{ meetingId, agoMs: -1 }],
    [{ meetingId, agoMs: 1_000 * meetingLimits.chairGoneSeconds + 1 }],
  ])
    expect(await link.say('chairs', word)).toMatchObject({ code: 'malformed' });
});

test('a seat that was cut off stands in the audit once, in its own region, told again or not', async () => {
  const meetingId = await call();
  using media = await new TestMedia().come();
  const at = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
  const shed = { shedId: randomUUID(), meetingId, seatId, at, why: 'requests' };
  expect(await media.say('shed', shed)).toEqual({ ok: true });
  expect(await media.say('shed', shed)).toEqual({ ok: true });
  const rows = await listAudit(store.pool, {
    scope: village,
    before: null,
    limit: 10,
    filter: { what: 'meeting.shed' },
  });
  expect(rows).toMatchObject([
    {
      who: 'system:media',
      region: village,
      purpose: 'access-upkeep',
      subject: `meeting:${meetingId} ${seatId} requests ${at}`,
    },
  ]);
  const unknown = { ...shed, meetingId: randomUUID() };
  expect(await media.say('shed', unknown)).toMatchObject({ code: 'no-such-meeting' });
  expect(await media.say('shed', { ...shed, why: 'mood' })).toMatchObject({ code: 'malformed' });
});
