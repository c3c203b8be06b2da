import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeGalleryFile } from '#face/gallery-file.ts';
import { newGalleryKey } from '#face/gallery-key.ts';
import { Gallery } from '#face/gallery.ts';

const model = { id: 'm@1', length: 4 };
const template = Float32Array.of(0.25, -0.5, 0.125, 0.75);
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sightline-gallery-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const keyFiles = () => readdirSync(dir).filter((name) => name.endsWith('.key'));

describe('the gallery', () => {
  test('gives back after a restart what was put in', async () => {
    await (await Gallery.open({ dir, model })).put('ann', template);
    const again = await Gallery.open({ dir, model });
    expect(again.entries().map(({ personId }) => personId)).toEqual(['ann']);
    expect(again.entries()[0]?.template).toEqual(template);
  });

  test('keeps no template in the clear, and only this user may read key and file', async () => {
    await (await Gallery.open({ dir, model })).put('ann', template);
    const file = readFileSync(join(dir, 'gallery.sealed'), 'utf8');
    const bytes = Buffer.from(file.split('\n')[1] ?? '', 'base64');
    expect(bytes.length).toBeGreaterThan(28);
    const raw = Buffer.from(template.buffer);
    expect(bytes.includes(raw)).toBe(false);
    expect(bytes.includes(raw.toString('base64'))).toBe(false);
    expect(bytes.includes('ann')).toBe(false);
    for (const name of ['gallery.sealed', ...keyFiles()]) {
      expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    }
  });

  test('a template of another model is not compared', async () => {
    await (await Gallery.open({ dir, model })).put('ann', template);
    const other = await Gallery.open({ dir, model: { id: 'm@2', length: 4 } });
    expect(other.entries()).toEqual([]);
    expect(other.has('ann')).toBe(false);
    expect(other.personIds()).toEqual(['ann']);
  });

  const withdrawal = { personId: 'ann', reason: 'withdrawn', isOwnWord: true } as const;

  test('an erased person is gone from the file, and a copy of the old file cannot be opened any more', async () => {
    const gallery = await Gallery.open({ dir, model });
    await Promise.all([gallery.put('ann', template), gallery.put('bo', template)]);
    const copy = join(dir, 'copy-that-the-disk-kept');
    copyFileSync(join(dir, 'gallery.sealed'), copy);
    const before = keyFiles();
    expect(await gallery.erase(withdrawal)).toBe(true);
    expect((await Gallery.open({ dir, model })).personIds()).toEqual(['bo']);
    expect(keyFiles()).toHaveLength(1);
    expect(keyFiles()).not.toEqual(before);
    copyFileSync(copy, join(dir, 'gallery.sealed'));
    const old = await Gallery.open({ dir, model });
    expect([old.personIds(), old.trouble === null]).toEqual([[], false]);
  });

  test('an erasure owes its receipt until it is a fact, over a restart too', async () => {
    const gallery = await Gallery.open({ dir, model });
    await gallery.put('ann', template);
    await gallery.erase(withdrawal);
    const again = await Gallery.open({ dir, model });
    const [owed] = again.owed();
    expect(owed).toEqual({ ...withdrawal, model: 'm@1' });
    if (owed !== undefined) await again.settle(owed);
    expect((await Gallery.open({ dir, model })).owed()).toEqual([]);
  });

  test('what was taken back or never there owes nothing', async () => {
    const gallery = await Gallery.open({ dir, model });
    await gallery.put('bo', template);
    expect([await gallery.takeBack('bo'), await gallery.erase(withdrawal)]).toEqual([true, false]);
    expect(gallery.owed()).toEqual([]);
  });

  test('a file with 30 people recognises nobody, says so, and is mended by withdrawing', async () => {
    const stored = Array.from({ length: 30 }, (_, i) => ({
      personId: `p${i}`,
      model: model.id,
      template,
    }));
    await writeGalleryFile(dir, await newGalleryKey(dir), { stored, owed: [] });
    const gallery = await Gallery.open({ dir, model });
    expect(gallery.trouble).toContain('holds 30 people; 20 are allowed');
    expect([gallery.entries(), gallery.personIds().length]).toEqual([[], 30]);
    for (let i = 0; i < 10; i++) await gallery.erase({ ...withdrawal, personId: `p${i}` });
    expect([gallery.trouble, gallery.entries().length]).toEqual([null, 20]);
  });

  test('a 21st person is refused and nothing is lost', async () => {
    const gallery = await Gallery.open({ dir, model });
    for (let i = 0; i < 20; i++) await gallery.put(`p${i}`, template);
    await expect(gallery.put('p20', template)).rejects.toThrow('20 people');
    expect((await Gallery.open({ dir, model })).entries()).toHaveLength(20);
  });

  test.each([
    ['a flipped bit', (bytes: Buffer) => bytes.fill(bytes.at(60) === 65 ? 66 : 65, 60, 61)],
    ['a cut file', (bytes: Buffer) => bytes.subarray(0, 20)],
    ['an empty file', () => Buffer.alloc(0)],
  ])('%s is set aside, said, and the terminal goes on', async (_case, damage) => {
    await (await Gallery.open({ dir, model })).put('ann', template);
    const file = join(dir, 'gallery.sealed');
    writeFileSync(file, damage(readFileSync(file)));
    const gallery = await Gallery.open({ dir, model });
    expect(gallery.trouble).toContain('Enrol the people again');
    expect(gallery.entries()).toEqual([]);
    await gallery.put('ann', template);
    expect((await Gallery.open({ dir, model })).trouble).toBeNull();
  });
});
