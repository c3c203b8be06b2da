import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder } from '#testing/orders.ts';

let media: TestMedia;
beforeEach(async () => {
  media = await openTestMedia();
});
afterEach(() => media[Symbol.asyncDispose]());

async function lay(kind: 'recordings' | 'decks', meetingId: string, files: number) {
  const dir = join(media.config.dataDir, kind, meetingId);
  for (let at = 0; at < files; at += 1) {
    await mkdir(join(dir, String(at)), { recursive: true });
    await writeFile(join(dir, String(at), 'file'), 'x');
  }
  return dir;
}

test('files of one kind of one meeting go and are counted; told again there are none; others stay', async () => {
  const [meetingId, other] = [randomUUID(), randomUUID()];
  const recordings = await lay('recordings', meetingId, 3);
  const decks = await lay('decks', meetingId, 2);
  const beside = await lay('recordings', other, 1);
  const erase = (kind: 'recordings' | 'decks') => media.centre.erase({ meetingId, kind });
  await eventually(async () => ((await erase('recordings')) === undefined ? undefined : true));
  expect([existsSync(recordings), existsSync(decks), existsSync(beside)]).toEqual([
    false,
    true,
    true,
  ]);
  expect(await erase('recordings')).toEqual({ ok: true, files: 0 });
  expect(await erase('decks')).toEqual({ ok: true, files: 2 });
  const again = await lay('recordings', meetingId, 3);
  expect(await erase('recordings')).toEqual({ ok: true, files: 3 });
  expect(existsSync(again)).toBe(false);
});

test('nothing goes of a room that is open, nor by a name that is no meeting’s', async () => {
  const order = makeOrder(1);
  const { meetingId } = order.control;
  const dir = await lay('recordings', meetingId, 1);
  media.centre.order(order);
  const erase = (id: string) => media.centre.erase({ meetingId: id, kind: 'recordings' });
  await eventually(async () => {
    const said = await erase(meetingId);
    return said === undefined ? undefined : true;
  });
  await lay('recordings', meetingId, 1);
  expect(await erase(meetingId)).toMatchObject({ ok: false });
  expect(await erase('../decks')).toMatchObject({ ok: false });
  expect(existsSync(dir)).toBe(true);
  media.centre.end(meetingId);
  const gone = await eventually(async () => {
    const said = await erase(meetingId);
    return JSON.stringify(said) === '{"ok":true,"files":1}' ? true : undefined;
  });
  expect(gone).toBe(true);
});
