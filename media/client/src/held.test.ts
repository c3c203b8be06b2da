import { expect, test } from 'vitest';
import { enter, isIn, until } from '#testing/enter-scripted.ts';
import { countySeat, openScriptedMedia, scriptedConsumer } from '#testing/scripted-media.ts';

const word = { seatId: countySeat, source: 'camera', hasStills: true, reason: 'loss' } as const;
const jpeg = new Uint8Array(8);

test('a picture that does not come is said so on it, since when, and comes again without its last still', async () => {
  await using own = await openScriptedMedia();
  const { client, parts } = enter(own);
  await until(client, isIn);
  own.say('consumer', scriptedConsumer('c-1', 'video'));
  await until(client, ({ pictures }) => pictures.length === 1);
  const beforeMs = Date.now();
  own.say('held', [{ ...word, forMs: 60_000 }]);
  const first = await until(client, ({ pictures }) => pictures[0]?.held !== null);
  const held = first.pictures[0]?.held;
  expect(held).toMatchObject({ hasStills: true, reason: 'loss' });
  const sinceMs = held?.sinceMs ?? 0;
  expect(sinceMs - (beforeMs - 60_000)).toBeGreaterThanOrEqual(0);
  expect(sinceMs).toBeLessThanOrEqual(Date.now() - 60_000);

  own.say('still', {
    seatId: countySeat,
    source: 'camera',
    at: 1,
    from: 0,
    of: jpeg.byteLength,
    jpeg,
  });
  await until(client, ({ pictures }) => pictures[0]?.still !== null);
  // Said again, of a link that got worse: it stands still since the same moment.
  own.say('held', [{ ...word, reason: 'stalled', hasStills: false, forMs: 59_000 }]);
  const worse = await until(client, ({ pictures }) => pictures[0]?.held?.reason === 'stalled');
  expect(worse.pictures[0]?.held?.sinceMs).toBe(sinceMs);
  expect(worse.pictures[0]?.still).not.toBeNull();

  own.say('held', []);
  const back = await until(client, ({ pictures }) => pictures[0]?.held === null);
  expect(back.pictures).toMatchObject([{ seatId: countySeat, still: null }]);
  expect(parts.stillsShown).toEqual([]);
});

test('what is held is said of one stay: after the next entry nothing of it is known', async () => {
  await using own = await openScriptedMedia();
  const { client } = enter(own);
  await until(client, isIn);
  own.say('consumer', scriptedConsumer('c-1', 'video'));
  own.say('held', [{ ...word, forMs: 0 }]);
  await until(client, ({ pictures }) => (pictures[0]?.held ?? null) !== null);
  own.say('moved', null);
  await until(client, ({ phase }) => phase === 'away');
  await until(client, isIn);
  own.say('consumer', scriptedConsumer('c-2', 'video'));
  const { pictures } = await until(client, (now) => now.pictures.length === 1);
  expect(pictures[0]?.held).toBeNull();
});
