import { createPublicKey, hash, verify } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { erasureText, type Challenge, type Fact } from '@sightline/contracts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFootage, ensureWeights, filmScene, type Scene } from '@sightline/models/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Camera } from '#camera/camera.ts';
import { openCamera } from '#camera/open-camera.ts';
import { consentVersion } from '#domain/consent.ts';
import { openEyes, type Eyes } from '#face/eyes.ts';
import { Gallery } from '#face/gallery.ts';
import type { KioskSocket } from '#kiosk/testing/kiosk-client.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableKey,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

// A session may last 25 s, on a machine that others keep busy.
vi.setConfig({ testTimeout: 120_000 });

const [ann, bo] = tablePeople;
let eyes: Eyes;
let footage: (name: string) => string;
let dir: string;
let films: string;
let template: Float32Array;
const terminal = new TableTerminal(tableTime, tableDesired());
const told: string[] = [];

beforeAll(async () => {
  const weightsDir = await ensureWeights();
  footage = await ensureFootage();
  eyes = await openEyes({ weightsDir, log: { warn: (_, message) => told.push(message) } });
  dir = await mkdtemp(join(tmpdir(), 'sightline-journey-'));
  films = await mkdtemp(join(tmpdir(), 'sightline-films-'));
}, 120_000);
afterAll(async () => {
  await eyes[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
  await rm(films, { recursive: true });
});

/** The agent before a scene: every start is a restart with everything it kept. */
async function startBefore(
  scene: Scene,
  challenge: Challenge = 'blink',
): Promise<TableKiosk & { readonly camera: Camera }> {
  const camera = openCamera(await filmScene(footage, { scene, dir: films, form: 'mkv' }));
  const table = await openTableKiosk({ dir, terminal, camera, eyes, challenge });
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

const guidesOf = (page: KioskSocket) =>
  page.messages.flatMap((message) => (message.kind === 'guide' ? [message.guide] : []));
const factsOf = (type: string) => terminal.facts.filter((fact) => fact.type === type);

// One story on one terminal: each test stands on what the one before left on disk.
describe('a real face before a real camera', () => {
  test('a man is enrolled from one clip after consent and a code', async () => {
    await using table = await startBefore('enrol');
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

  test('he does not pass with a challenge that the clip lacks, and may use the PIN', async () => {
    await using table = await startBefore('act', 'turn-right');
    await using page = await table.client.connect();
    expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
    expect(await page.nextResult()).toEqual({ outcome: 'use-pin', why: 'challenge-failed' });
    expect(guidesOf(page)).toContain('turn-right');
    expect(factsOf('duty.checked-in')).toEqual([]);
  });

  test('frames that were shown before are a recording', async () => {
    await using table = await startBefore('loop');
    await using page = await table.client.connect();
    expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
    expect(await page.nextResult()).toEqual({ outcome: 'use-pin', why: 'replayed' });
    expect(factsOf('duty.checked-in')).toEqual([]);
  });

  test('he checks in with the other clip by standing there and blinking, once', async () => {
    await using table = await startBefore('act', 'blink');
    await using page = await table.client.connect();
    const result = await page.nextResult();
    expect(result).toMatchObject({ outcome: 'checked-in', personId: ann.personId, method: 'face' });
    expect(guidesOf(page)).toContain('blink');
    const [fact] = factsOf('duty.checked-in');
    expect(fact?.data).toMatchObject({ method: 'face', shift: '2026-11-23/night' });
    expect(fact?.data['face']).toMatchObject({
      threshold: 0.5,
      challenge: 'blink',
      sampleCamera: true,
    });
    await framesPass(table.camera, 40);
    expect(factsOf('duty.checked-in')).toHaveLength(1);
    told.push(...table.logged, JSON.stringify(page.messages));
  });

  test('he passes by turning to his left as well, and hears that he has checked in already', async () => {
    await using table = await startBefore('act', 'turn-left');
    await using page = await table.client.connect();
    expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
    const [fact] = factsOf('duty.checked-in');
    expect(await page.nextResult()).toMatchObject({ outcome: 'already-checked-in', at: fact?.at });
    expect(guidesOf(page)).toEqual(expect.arrayContaining(['turn-left', 'face-the-camera']));
    expect(factsOf('duty.checked-in')).toHaveLength(1);
  });

  test('his face under another name is refused', async () => {
    await using table = await startBefore('act');
    await using page = await table.client.connect();
    await table.client.post('/api/enrol', grantEnrolment(bo.personId));
    expect(await page.nextResult()).toMatchObject({ code: 'face-already-enrolled' });
    expect((await table.client.state()).people[1]?.hasFace).toBe(false);
  });

  test('the other man is nobody: told to use the PIN when he asks, unseen when he does not', async () => {
    const before = terminal.facts.length;
    await using table = await startBefore('stranger');
    await using page = await table.client.connect();
    const bytesBefore = fingerprints(dir);
    await framesPass(table.camera, 24);
    expect(page.messages.filter(({ kind }) => kind !== 'state')).toEqual([]);
    expect((await table.client.post('/api/check-in/face', {})).status).toBe(200);
    expect(await page.nextResult()).toEqual({ outcome: 'use-pin', why: 'not-recognised' });
    expect(terminal.facts).toHaveLength(before);
    // A bystander changes no byte on the disk and leaves no word.
    expect(fingerprints(dir)).toEqual(bytesBefore);
    expect(table.logged).toEqual([]);
  });

  test('no template and no picture is in any file, log line, message or fact', async () => {
    const gallery = await Gallery.open({ dir, model: eyes.model });
    const kept = gallery.entries()[0]?.template;
    if (kept === undefined) throw new Error('nobody is enrolled');
    template = kept.slice();
    expect(tracesOf(template, told)).toEqual([]);
    const bytes = filesOf(dir).reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(640 * 480); // Not room for one picture, grey.
  });

  test('he withdraws with his PIN: the face is gone from the disk, and a signed receipt says so', async () => {
    const grants = [tableGrant('set-pin', ann.personId)];
    terminal.setDesired(tableDesired({ grants }));
    await using table = await startBefore('act');
    const pin = '246810';
    const { personId } = ann;
    await table.client.post('/api/pin', { personId, code: '12345678', pin });
    const sealed = readFileSync(join(dir, 'gallery.sealed'));
    expect((await table.client.post('/api/withdraw', { personId, pin: '000000' })).status).toBe(
      409,
    );
    const answer = await table.client.post('/api/withdraw', { personId, pin });
    expect(answer.body).toEqual({ outcome: 'withdrawn', personId });
    expect(factsOf('consent.withdrawn')).toHaveLength(1);
    expect(factsOf('face.erased')).toHaveLength(1);
    expect(isReceiptGood(factsOf('face.erased')[0])).toBe(true);
    expect((await table.client.state()).people[0]).toMatchObject({ hasFace: false, hasPin: true });
    expect(tracesOf(template, [...told, ...table.logged])).toEqual([]);
    // What the disk may still hold of the old file cannot be opened with anything that is there.
    const copy = await mkdtemp(join(films, 'copy-'));
    cpSync(dir, copy, { recursive: true });
    writeFileSync(join(copy, 'gallery.sealed'), sealed);
    expect((await Gallery.open({ dir: copy, model: eyes.model })).personIds()).toEqual([]);
    const again = await table.client.post('/api/withdraw', { personId, pin });
    expect(again.body['code']).toBe('no-face-here');
  });

  test.each(['off-list', 'withdrawn'] as const)(
    'what should be asks for it (%s): the face is erased, with a receipt, once',
    async (reason) => {
      const { personId } = ann;
      const before = factsOf('face.erased').length;
      await (await Gallery.open({ dir, model: eyes.model })).put(personId, template.slice());
      await using table = await openTableKiosk({ dir, terminal, eyes });
      const forget = terminal.records?.executors['forget-face'];
      await forget?.({ kind: 'forget-face', personId, reason });
      await forget?.({ kind: 'forget-face', personId, reason });
      const receipts = factsOf('face.erased').slice(before);
      expect(receipts.map(({ data }) => data['reason'])).toEqual([reason]);
      expect(receipts.map(isReceiptGood)).toEqual([true]);
      expect((await Gallery.open({ dir, model: eyes.model })).personIds()).toEqual([]);
      const asked = await table.client.post('/api/check-in/face', {});
      expect(asked.body['code']).toBe('nobody-enrolled');
    },
  );

  test('an erasure whose receipt a power cut swallowed gets it at the next start', async () => {
    const { personId } = ann;
    const gallery = await Gallery.open({ dir, model: eyes.model });
    await gallery.put(personId, template.slice());
    await gallery.erase({ personId, reason: 'withdrawn', isOwnWord: true });
    const before = [factsOf('consent.withdrawn').length, factsOf('face.erased').length];
    for (let starts = 0; starts < 2; starts++) {
      await using _ = await openTableKiosk({ dir, terminal, eyes });
    }
    const after = [factsOf('consent.withdrawn').length, factsOf('face.erased').length];
    expect(after).toEqual(before.map((count) => count + 1));
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
        isSample: true,
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

const filesOf = (place: string) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

function fingerprints(place: string): string[] {
  return filesOf(place).map((file) => `${file} ${hash('sha256', readFileSync(file))}`);
}

/** Where any quarter of a template stands: raw, in base64 at each alignment, or as a number. */
function tracesOf(secret: Float32Array, words: readonly string[]): string[] {
  const bytes = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
  const forms: (Buffer | string)[] = [String(secret[0])];
  for (let from = 0; from < bytes.length; from += 64) {
    const part = bytes.subarray(from, from + 24);
    forms.push(part);
    for (const shift of [0, 1, 2]) {
      forms.push(part.subarray(shift, shift + 18).toString('base64'));
    }
  }
  const places = [
    { name: 'words', content: Buffer.from(words.join('\n')) },
    { name: 'facts', content: Buffer.from(JSON.stringify(terminal.facts)) },
    ...filesOf(dir).map((name) => ({ name, content: readFileSync(name) })),
  ];
  const holds = (content: Buffer) => forms.some((form) => content.includes(form));
  return places.filter(({ content }) => holds(content)).map(({ name }) => name);
}

/** Verified as the command centre does: with the device's public key alone. */
function isReceiptGood(fact: Fact | undefined): boolean {
  if (fact === undefined) return false;
  const { source, at, data } = fact;
  const [personId, terminalId] = [String(data['personId']), String(data['terminalId'])];
  const [reason, model] = [String(data['reason']), String(data['model'])];
  const text = erasureText({ source, at, personId, terminalId, reason, model });
  const key = createPublicKey({
    key: Buffer.from(tableKey.publicKey, 'base64url'),
    format: 'der',
    type: 'spki',
  });
  const signature = Buffer.from(String(data['sig']), 'base64url');
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature);
}
