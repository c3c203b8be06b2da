import type { TerminalMeeting } from '@sightline/contracts';
import { expect, test, vi } from 'vitest';
import { cameraLimits } from '#camera/limits.ts';
import { decodeFrame } from '#domain/frame-codec.ts';
import { Gallery } from '#face/gallery.ts';
import type { KioskSocket } from '#kiosk/testing/kiosk-client.ts';
import { openScriptedCamera } from '#kiosk/testing/scripted-camera.ts';
import { scriptedEyes, scriptedFace } from '#kiosk/testing/scripted-eyes.ts';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';
import { tableMeeting, tableMeetingId as meetingId } from '#kiosk/testing/table-meeting.ts';
import { tableDesired, tablePeople, TableTerminal } from '#kiosk/testing/table-terminal.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const most = cameraLimits.framesPerS;
const whole = cameraLimits.widthPx;
const small = cameraLimits.previewWidthPx;

/** A kiosk whose agent has the camera, somebody enrolled, a meeting that was said yes to, and its page. */
async function openTable() {
  await using opening = new AsyncDisposableStack();
  const { path: dir } = opening.use(await temporaryDir());
  const eyes = scriptedEyes();
  const gallery = await Gallery.open({ dir, model: eyes.model });
  await gallery.put(tablePeople[0].personId, scriptedFace(0).template);
  const camera = openScriptedCamera();
  const terminal = new TableTerminal(tableTime, withMeeting());
  const table = opening.use(await openTableKiosk({ dir, terminal, eyes, camera }));
  const accepted = { meetingId, answer: 'accepted', how: 'touch' };
  expect((await table.client.post('/api/meetings/answer', accepted)).status).toBe(200);
  const page = opening.use(await table.client.connect());
  const owned = opening.move();
  /** Widths of what the page saw of so many frames: a word after each comes after it. */
  const seen = async (frames = 1): Promise<number[]> => {
    const pictures = page.previews.length;
    for (let i = 0; i < frames; i += 1) {
      const words = page.messages.length;
      camera.shoot();
      terminal.setState({});
      await vi.waitFor(() => expect(page.messages.length).toBeGreaterThan(words));
    }
    return page.previews.slice(pictures).map(widthOf);
  };
  return { ...table, page, seen, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const withMeeting = (change: Partial<TerminalMeeting> = {}) =>
  tableDesired({ meetings: [tableMeeting(change)] });
const widthOf = (bytes: Uint8Array): number => {
  const frame = decodeFrame(bytes);
  return 'problem' in frame ? 0 : frame.width;
};
/** Asks, and waits until it is heard. */
async function want(perS: number, { page, seen }: Awaited<ReturnType<typeof openTable>>) {
  page.wantPictures(perS);
  await vi.waitFor(async () => expect((await seen()).length > 0).toBe(perS > 0));
}

test('a page in a meeting sees whole pictures of the agent’s camera for as long as it asks', async () => {
  await using table = await openTable();
  expect(await table.seen()).toEqual([]);
  await want(most, table);
  expect(await table.seen(3)).toEqual([whole, whole, whole]);
  await using other = await table.client.connect();
  await table.seen(2);
  expect(other.previews).toEqual([]);
  await want(0, table);
  expect(await table.seen(3)).toEqual([]);
});

test('a page that wants few gets few', async () => {
  await using table = await openTable();
  await want(1, table);
  const within = performance.now();
  const got = (await table.seen(20)).length;
  // Two at once at most, and one for each second that went by meanwhile.
  expect(got).toBeLessThanOrEqual(2 + Math.ceil((performance.now() - within) / 1000));
});

test('nothing is seen without a meeting that was said yes to, after its end, or behind the shutter', async () => {
  await using table = await openTable();
  const { terminal, client, seen } = table;
  await want(most, table);
  terminal.setDesired(withMeeting({ meetingId: '0190a5d4-0000-7000-8000-0000000000d9' }));
  expect(await seen(3)).toEqual([]);
  terminal.setDesired(withMeeting());
  expect(await seen()).toEqual([whole]);
  await client.post('/api/shutter', { isShut: true });
  expect(await seen(3)).toEqual([]);
  await client.post('/api/shutter', { isShut: false });
  expect(await seen()).toEqual([whole]);
  terminal.setDesired(withMeeting({ isOver: true }));
  expect(await seen(3)).toEqual([]);
});

test('while a face is looked at every picture comes: small, and whole to the page in the meeting', async () => {
  await using table = await openTable();
  await want(1, table);
  await using other: KioskSocket = await table.client.connect();
  expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
  expect(await table.seen(4)).toEqual([whole, whole, whole, whole]);
  await vi.waitFor(() => expect(other.previews.map(widthOf)).toEqual([small, small, small, small]));
});

test('a page that is slow misses pictures, and none wait for it', async () => {
  await using table = await openTable();
  await want(most, table);
  table.page.beSlow();
  expect(await table.seen(5)).toEqual([whole]);
});

test('a page that asks for more than the camera gives is cut', async () => {
  await using table = await openTable();
  const closed = table.page.closed();
  table.page.wantPictures(most + 1);
  expect(await closed).toBe(1008);
});
