import { isRefusal } from '@sightline/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { openMeeting } from '#open-meeting.ts';
import { asked, enter, isIn, until } from '#testing/enter-scripted.ts';
import { scriptedBrowser, scriptedTrack } from '#testing/scripted-browser.ts';
import {
  answerWell,
  countySeat,
  openScriptedMedia,
  roomWords,
  scriptedConsumer,
  villageSeat,
} from '#testing/scripted-media.ts';

test('enters with what the router can, and shows the room', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  expect(client.snapshot().phase).toBe('connecting');
  expect(client.snapshot()).toBe(client.snapshot());
  const now = await until(client, isIn);
  expect(now).toMatchObject({ seatId: villageSeat, room: roomWords, problem: null });
  const body = await asked(own, 'enter');
  expect(body).toMatchObject({ channel: 'floor', rtpCapabilities: { codecs: expect.any(Array) } });
});

test('sends a picture in three layers and a thrifty voice, and says how both stand', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  expect(await client.send('camera', scriptedTrack('video', 1280))).toBeNull();
  expect(await client.send('microphone', scriptedTrack('audio'))).toBeNull();
  expect(client.snapshot().sending).toMatchObject({
    camera: 'on',
    microphone: 'on',
    screen: 'off',
  });
  const produced = own.asked.filter(({ name }) => name === 'produce').map(({ body }) => body);
  expect(produced.at(-2)).toMatchObject({
    source: 'camera',
    kind: 'video',
    rtpParameters: {
      encodings: [{ maxBitrate: 80_000 }, { maxBitrate: 200_000 }, { maxBitrate: 400_000 }],
    },
  });
  expect(produced.at(-1)).toMatchObject({ source: 'microphone', kind: 'audio' });
});

test('a voice that begins paused is never sent before the person starts it', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  const said: string[] = [];
  client.subscribe(() => said.push(client.snapshot().sending.microphone));
  expect(await client.send('microphone', scriptedTrack('audio'), 'paused')).toBeNull();
  expect(new Set(said)).toEqual(new Set(['paused']));
  expect(own.asked.filter(({ name }) => name === 'produce')).toEqual([]);
  expect(await client.setPaused('microphone', false)).toBeNull();
  expect(client.snapshot().sending.microphone).toBe('on');
});

test('what was sent and watched before a loss is sent and watched after it', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  await client.send('microphone', scriptedTrack('audio'));
  await client.send('camera', scriptedTrack('video'));
  await client.setPaused('camera', true);
  client.watch([countySeat]);
  client.listen('bo');
  await asked(own, 'channel');
  const produces = () => own.asked.filter(({ name }) => name === 'produce').length;
  expect(produces()).toBe(2);
  own.cut();
  const away = await until(client, ({ phase }) => phase === 'away');
  expect(away.awaySinceMs).toBeGreaterThan(0);
  expect(away.room).toEqual(roomWords);
  await until(client, isIn);
  expect(await asked(own, 'enter', 2)).toMatchObject({ channel: 'bo' });
  expect(await asked(own, 'watch', 2)).toEqual({ seats: [countySeat] });
  await asked(own, 'produce', 3);
  // The camera was paused: it is not sent before it is started again.
  expect(client.snapshot().sending).toMatchObject({ camera: 'paused', microphone: 'on' });
  expect(await client.setPaused('camera', false)).toBeNull();
  expect(produces()).toBe(4);
  const visits = own.asked.filter(({ name }) => name === 'enter').map(({ body }) => body);
  expect(new Set(visits.map((body) => Object(body).visitId)).size).toBe(1);
});

test('a server that comes back is entered again, and one that is not there yet is waited for', async () => {
  const own = await openScriptedMedia();
  own.refuseWith = 'no-room';
  const { client } = enter(own);
  const told = await until(client, ({ problem }) => problem !== null);
  expect(told).toMatchObject({ phase: 'connecting', problem: { code: 'no-room' } });
  own.refuseWith = null;
  await until(client, isIn);
  await own[Symbol.asyncDispose]();
  const gone = await until(client, ({ problem }) => problem !== null);
  expect(gone).toMatchObject({ phase: 'away', problem: { code: 'unreachable' } });
});

test('a moved room is entered at once on the same connection', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  await client.send('microphone', scriptedTrack('audio'));
  own.say('moved', undefined);
  await asked(own, 'enter', 2);
  await asked(own, 'produce', 2);
  await until(client, isIn);
  expect(own.tokens).toHaveLength(1);
});

test('a stale token is renewed once it is refused', async () => {
  await using own = await openScriptedMedia();
  own.refuseWith = 'stale-token';
  const { client } = enter(own, {
    renewToken: async () => {
      own.refuseWith = null;
      return 'fresh';
    },
  });
  await until(client, isIn);
  expect(own.tokens).toEqual(['token', 'fresh']);
});

test('over is over: it is told why, and nothing is tried again', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  own.say('over', { why: 'removed' });
  const now = await until(client, ({ phase }) => phase === 'over');
  expect(now.over).toEqual({ why: 'removed' });
  await client[Symbol.asyncDispose]();
  await client[Symbol.asyncDispose]();
  expect(own.tokens).toHaveLength(1);
  expect(await client.raiseHand(true)).toMatchObject({ code: 'away' });
});

test('the server may stop a voice, and refuses to let it go on by itself', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  await client.send('microphone', scriptedTrack('audio'));
  own.say('stopped', { source: 'microphone', why: 'muted' });
  await until(client, ({ sending }) => sending.microphone === 'stopped');
  own.script = (name) =>
    name === 'pause' ? { ok: false, code: 'not-allowed', detail: 'Muted.' } : answerWell(name);
  expect(await client.setPaused('microphone', false)).toMatchObject({ code: 'not-allowed' });
  expect(client.snapshot().sending.microphone).toBe('stopped');
  own.script = answerWell;
  expect(await client.setPaused('microphone', false)).toBeNull();
  expect(client.snapshot().sending.microphone).toBe('on');
});

test('a refused produce is a value, and is tried again when the person asks', async () => {
  await using own = await openScriptedMedia();
  own.script = (name, _, count) =>
    name === 'produce' && count === 1
      ? { ok: false, code: 'not-allowed', detail: 'The room is locked.' }
      : answerWell(name);
  const { client } = enter(own);
  await until(client, isIn);
  const refusal = await client.send('microphone', scriptedTrack('audio'));
  expect(isRefusal(refusal) && refusal.code).toBe('not-allowed');
  expect(client.snapshot().sending.microphone).toBe('stopped');
  expect(await client.setPaused('microphone', false)).toBeNull();
  expect(client.snapshot().sending.microphone).toBe('on');
});

test.each(['the link is lost', 'the server is silent'])(
  'a picture of which nothing is heard while %s is sent again by itself, and never taken for paused',
  async (what) => {
    await using own = await openScriptedMedia();
    const { client } = enter(own);
    await until(client, isIn);
    await client.send('camera', scriptedTrack('video'));
    const seen: string[] = [];
    client.subscribe(() => seen.push(client.snapshot().sending.camera));
    own.script = (name, _, count) => (name === 'produce' && count === 2 ? null : answerWell(name));
    own.say('moved', undefined);
    await asked(own, 'produce', 2);
    if (what === 'the link is lost') own.cut();
    await asked(own, 'produce', 3);
    await until(client, isIn);
    expect([...new Set(seen)]).toEqual(['on']);
  },
);

test('receives what it is offered, says that it is ready, and lets it go again', async () => {
  await using own = await openScriptedMedia();
  const { client, parts } = enter(own);
  await until(client, isIn);
  own.say('consumer', scriptedConsumer('c-1', 'video'));
  own.say('consumer', scriptedConsumer('c-2', 'audio'));
  const now = await until(client, ({ pictures, voices }) => pictures.length + voices.length === 2);
  expect(now.pictures).toMatchObject([{ seatId: countySeat, source: 'camera', still: null }]);
  expect(now.voices).toMatchObject([{ seatId: countySeat, source: 'microphone' }]);
  await asked(own, 'consumer-ready', 2);
  own.say('still', {
    seatId: countySeat,
    source: 'camera',
    at: 1,
    from: 0,
    of: 8,
    jpeg: new Uint8Array(8),
  });
  await until(client, ({ pictures }) => pictures[0]?.still !== null);
  own.say('consumer-closed', { consumerId: 'c-1' });
  const less = await until(client, ({ pictures }) => pictures[0]?.track === null);
  expect(less.pictures).toHaveLength(1);
  expect(parts.stillsShown).toHaveLength(1);
  await client[Symbol.asyncDispose]();
  expect(parts.stillsShown).toEqual([]);
  expect(client.snapshot().pictures).toEqual([]);
});

test('a consumer that closes before it was set up never shows', async () => {
  await using own = await openScriptedMedia();
  own.script = (name) => {
    if (name === 'enter') {
      own.say('consumer', scriptedConsumer('early', 'audio'));
      own.say('consumer-closed', { consumerId: 'early' });
    }
    return answerWell(name);
  };
  const { client } = enter(own);
  await until(client, isIn);
  own.say('consumer', scriptedConsumer('later', 'audio'));
  await until(client, ({ voices }) => voices.length > 0);
  expect(client.snapshot().voices).toHaveLength(1);
});

test('what is said of the room changes what was known of it, and nothing else', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  own.say('room', { presentCount: 3, control: { isLocked: true } });
  const { room } = await until(client, (now) => now.room?.presentCount === 3);
  const control = { ...roomWords.control, isLocked: true };
  expect(room).toEqual({ ...roomWords, presentCount: 3, control });
});

test('a server that answers nothing any more is left and entered again', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  own.script = () => null;
  await until(client, ({ phase }) => phase === 'away');
  own.script = answerWell;
  await until(client, isIn);
});

test('without WebRTC the page is told so', async () => {
  await using own = await openScriptedMedia();
  const parts = { ...scriptedBrowser(), makeDevice: () => Promise.reject(new Error('none')) };
  const client = openMeeting({ mediaUrl: own.url, seatToken: 't', channel: 'floor' }, parts);
  onTestFinished(() => client[Symbol.asyncDispose]());
  const told = await until(client, ({ problem }) => problem !== null);
  expect(told.problem?.code).toBe('no-webrtc');
});

test('lines are kept once each, in order', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  const line = (no: number) => ({
    lineId: `0190aaaa-0000-7000-8000-00000000000${no}`,
    meetingId: roomWords.control.meetingId,
    seatId: countySeat,
    at: `2026-11-27T08:00:0${no}.000Z`,
    text: `第${no}句`,
  });
  for (const no of [2, 1, 2]) own.say('line', line(no));
  const now = await until(client, ({ lines }) => lines.length === 2);
  expect(now.lines.map(({ text }) => text)).toEqual(['第1句', '第2句']);
});
