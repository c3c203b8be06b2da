import { expect, test } from 'vitest';
import { asked, enter, isIn, until } from '#testing/enter-scripted.ts';
import { scriptedTrack } from '#testing/scripted-browser.ts';
import {
  countySeat,
  openScriptedMedia,
  scriptedConsumer,
  villageSeat,
} from '#testing/scripted-media.ts';

test('stills are sent while they are wanted and the tier carries them', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  await client.send('camera', scriptedTrack('video'));
  const link = (up: string) => [
    { seatId: villageSeat, up, upReason: 'bandwidth', down: 'video-300', downReason: 'good' },
  ];
  own.say('links', link('stills'));
  own.say('stills-wanted', { sources: ['camera'] });
  expect(await asked(own, 'still')).toMatchObject({ source: 'camera' });
  expect(client.snapshot().own).toMatchObject({ up: 'stills', upReason: 'bandwidth' });
  // The camera's own button is still on: the tier holds it back, not the person.
  expect(client.snapshot().sending.camera).toBe('on');
  await client.setPaused('camera', true);
  const before = own.asked.filter(({ name }) => name === 'still').length;
  await asked(own, 'report', own.asked.filter(({ name }) => name === 'report').length + 3);
  expect(own.asked.filter(({ name }) => name === 'still').length).toBe(before);
});

test('a shared screen comes as stills of its own, and goes with the share', async () => {
  await using own = await openScriptedMedia();
  const { client, parts } = enter(own);
  await until(client, isIn);
  await client.send('screen', scriptedTrack('video'));
  own.say('stills-wanted', { sources: ['screen'] });
  expect(await asked(own, 'still')).toMatchObject({ source: 'screen' });
  own.say('consumer', { ...scriptedConsumer('s-1', 'video'), source: 'screen' });
  await until(client, ({ pictures }) => pictures.length === 1);
  const still = { seatId: countySeat, source: 'screen', at: 1, of: 8 };
  own.say('still', { ...still, from: 0, jpeg: new Uint8Array(5) });
  own.say('still', { ...still, from: 5, jpeg: new Uint8Array(3) });
  const now = await until(client, ({ pictures }) => pictures[0]?.still !== null);
  expect(now.pictures).toMatchObject([{ seatId: countySeat, source: 'screen' }]);
  own.say('consumer-closed', { consumerId: 's-1' });
  await until(client, ({ pictures }) => pictures.length === 0);
  expect(parts.stillsShown).toEqual([]);
});
