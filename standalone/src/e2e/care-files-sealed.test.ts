import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from './edge-fixture.ts';
import { openInstalledFiles, segmentName, type InstalledFiles } from './testing/installed-files.ts';

const meetingId = randomUUID();
const pageOf = (root: string) => join(house.dir, root, 'decks', meetingId, 'deck', '1-large');
const page = Buffer.alloc(90_000, 'a page with words that nobody else may read');
const sealed = ['--passphrase-file', 'passphrase'];

let house: InstalledFiles;
beforeAll(async () => {
  house = await openInstalledFiles();
  await writeFile(join(house.dir, 'passphrase'), 'snow above Tingri\n');
  await writeFile(join(house.dir, 'another'), 'rain above Lhatse\n');
  await house.record(meetingId, 4);
  await mkdir(join(pageOf('data/media'), '..'), { recursive: true });
  await writeFile(pageOf('data/media'), page);
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());

const segmentsOf = (root: string, id = meetingId) => house.segmentsIn(`${root}/recordings`, id);
const isSealed = async (path: string) =>
  (await readFile(path)).subarray(0, 8).toString('latin1') === 'SLFILES1';

/** Every file of a copy, and whether it is sealed. */
async function sealsOf(copy: string): Promise<readonly boolean[]> {
  const all = await readdir(join(house.dir, copy), { recursive: true, withFileTypes: true });
  const files = all.filter((one) => one.isFile());
  return Promise.all(files.map(({ parentPath, name }) => isSealed(join(parentPath, name))));
}

it('an unsealed copy becomes a sealed one, with what the disk has lost meanwhile, and opens to the very bytes', async () => {
  const plain = await house.care('copy-files', 'copy');
  expect([plain.code, plain.said]).toEqual([0, expect.stringContaining('--passphrase-file F')]);
  expect(await sealsOf('copy')).not.toContain(true);
  const lost = join(segmentsOf('data/media'), segmentName(3));
  const bytes = await readFile(lost);
  await rm(lost);
  const first = await house.care('copy-files', 'copy', ...sealed);
  expect([first.code, first.said]).toEqual([0, expect.stringContaining('is encrypted')]);
  expect(await sealsOf('copy')).toEqual(Array(6).fill(true));
  const again = await house.care('copy-files', 'copy', ...sealed);
  expect(again.said).toContain('recordings: 3 files, 0 copied');

  expect(await house.care('restore-files', 'copy', ...sealed, '--data', 'other')).toMatchObject({
    code: 0,
  });
  const back = segmentsOf('other/media');
  expect((await readFile(join(back, segmentName(3)))).equals(bytes)).toBe(true);
  expect((await readFile(pageOf('other/media'))).equals(page)).toBe(true);
  const twice = await house.care('restore-files', 'copy', ...sealed, '--data', 'other');
  expect(twice.said).toContain('recordings: 4 files, 0 copied');
}, 240_000);

it('without its passphrase, or with another one, a sealed copy is neither read nor added to', async () => {
  const words = 'is sealed: name the file of its passphrase (--passphrase-file F)';
  for (const command of ['copy-files', 'restore-files']) {
    const none = await house.care(command, 'copy', '--data', 'nowhere');
    expect([none.code, none.said]).toEqual([1, expect.stringContaining(words)]);
  }
  const wrong = await house.care('copy-files', 'copy', '--passphrase-file', 'another');
  expect([wrong.code, wrong.said]).toEqual([1, expect.stringContaining('another passphrase')]);
  expect(existsSync(join(house.dir, 'nowhere'))).toBe(false);
}, 240_000);

it('files that are swapped, cut off, or laid open among sealed ones are named and not brought back', async () => {
  const at = (no: number) => join(segmentsOf('harmed'), segmentName(no));
  await cp(join(house.dir, 'copy'), join(house.dir, 'harmed'), { recursive: true });
  await rename(at(0), `${at(0)}.x`);
  await rename(at(1), at(0));
  await rename(`${at(0)}.x`, at(1));
  await writeFile(at(2), (await readFile(at(2))).subarray(0, -1));
  await writeFile(pageOf('harmed'), page);
  const { code, said } = await house.care('restore-files', 'harmed', ...sealed, '--data', 'third');
  expect(code).toBe(1);
  for (const no of [0, 1, 2]) expect(said).toContain(`${segmentName(no)} is damaged`);
  expect(said).toMatch(/1-large is damaged: It lies open in a sealed copy/);
  expect(readdirSync(segmentsOf('third/media'))).toEqual([segmentName(3)]);
  expect(existsSync(pageOf('third/media'))).toBe(false);
}, 120_000);

it('an unsealed copy is still read, also with a passphrase', async () => {
  await house.care('copy-files', 'plain');
  const { code } = await house.care('restore-files', 'plain', ...sealed, '--data', 'fourth');
  expect(code).toBe(0);
  expect((await readFile(pageOf('fourth/media'))).equals(page)).toBe(true);
}, 120_000);

it('killed in the middle, whatever has a whole name is whole and sealed, and the copy is no copy until a run ended', async () => {
  const large = randomUUID();
  await house.record(large, 30, 3_000_000);
  const copied = segmentsOf('killed', large);
  const child = house.start(['copy-files', 'killed', ...sealed]);
  const files = () => (existsSync(copied) ? readdirSync(copied) : []);
  await until('some are copied', () => files().length > 3, 60_000);
  child.kill('SIGKILL');
  await once(child, 'close');
  const whole = files().filter((name) => !name.includes('partial'));
  const refused = await house.care('restore-files', 'killed', ...sealed, '--data', 'fifth');
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('never finished')]);
  const { code, said } = await house.care('copy-files', 'killed', ...sealed);
  expect([code, said]).toEqual([0, expect.stringMatching(/recordings: 33 files/)]);
  expect(Number(/recordings: 33 files, (\d+) copied/.exec(said)?.[1])).toBeLessThanOrEqual(
    33 - whole.length,
  );
  expect(files()).toHaveLength(30);
  expect(await sealsOf('killed')).not.toContain(false);
  const back = await house.care('restore-files', 'killed', ...sealed, '--data', 'fifth');
  expect([back.code, back.said]).toEqual([0, expect.stringContaining('recordings: 33 files')]);
}, 240_000);
