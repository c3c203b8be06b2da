import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from './edge-fixture.ts';
import {
  openInstalledFiles,
  recordedAt as now,
  segmentName as nameOf,
  sha256,
  type InstalledFiles,
} from './testing/installed-files.ts';

let house: InstalledFiles;
let dir: string;
const [kept, erased] = [randomUUID(), randomUUID()];
const film = Buffer.alloc(300_000, 'course');
beforeAll(async () => {
  house = await openInstalledFiles();
  ({ dir } = house);
  for (const meetingId of [kept, erased]) await house.record(meetingId, 6);
  const shelf = join(dir, 'data/courses/files', sha256(film).slice(0, 2));
  await mkdir(shelf, { recursive: true });
  await writeFile(join(shelf, sha256(film)), film);
  await mkdir(join(dir, 'data/media/decks', kept, 'deck'), { recursive: true });
  await writeFile(join(dir, 'data/media/decks', kept, 'deck', '1'), 'page');
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());

const folderOf = (meetingId: string) => house.segmentsIn('data/media/recordings', meetingId);
const copyOf = (meetingId: string, no: number) =>
  join(house.segmentsIn('copy/recordings', meetingId), nameOf(no));

it('a backup says what is apart, and by which command it is copied', async () => {
  const { code, said } = await house.care('backup', 'all.backup');
  expect([code, said]).toEqual([0, expect.stringContaining('copy-files DIR')]);
  expect(said).toContain('2 recordings');
}, 120_000);

it('files are copied once, whole; what was erased goes from the copy, what the disk lost stays in it', async () => {
  const first = await house.care('copy-files', 'copy');
  expect([first.code, first.said]).toEqual([
    0,
    expect.stringContaining('recordings: 12 files, 12 copied'),
  ]);
  expect(readFileSync(copyOf(kept, 0)).equals(readFileSync(join(folderOf(kept), nameOf(0))))).toBe(
    true,
  );
  const again = await house.care('copy-files', 'copy');
  expect(again.said).toContain('recordings: 12 files, 0 copied');
  expect(again.said).toContain('courses: 1 files, 0 copied');

  await house.store.pool.query(
    `insert into meeting_erasure (meeting_id, kind, why, after_days, decided_at)
     values ($1, 'recordings', 'age', 180, $2)`,
    [erased, now.toString()],
  );
  await rm(join(folderOf(kept), nameOf(1)));
  const third = await house.care('copy-files', 'copy');
  expect(third.said).toContain('1 erased meetings taken away');
  expect([existsSync(copyOf(erased, 0)), existsSync(copyOf(kept, 1))]).toEqual([false, true]);
  const note = JSON.parse(await readFile(join(dir, 'copy/files.json'), 'utf8')) as object;
  expect(note).toMatchObject({ format: 1, recordings: { files: 5 }, courses: { files: 1 } });
}, 240_000);

it('a damaged file is named and does not take the place of its sound copy', async () => {
  const file = join(folderOf(kept), nameOf(2));
  const sound = await readFile(file);
  await writeFile(file, Buffer.alloc(sound.length + 1));
  const { code, said } = await house.care('copy-files', 'copy');
  expect([code, said]).toEqual([1, expect.stringMatching(/000002\.webm is damaged/)]);
  expect(readFileSync(copyOf(kept, 2)).equals(sound)).toBe(true);
  await writeFile(file, sound);
  expect((await house.care('copy-files', 'copy')).code).toBe(0);
}, 120_000);

it('killed in the middle, it goes on at the next run and leaves nothing half', async () => {
  const large = randomUUID();
  await house.record(large, 40, 3_000_000);
  const copied = house.segmentsIn('copy/recordings', large);
  const child = house.start(['copy-files', 'copy']);
  const files = () => (existsSync(copied) ? readdirSync(copied) : []);
  await until('some are copied', () => files().length > 3, 60_000);
  child.kill('SIGKILL');
  await once(child, 'close');
  const whole = files().filter((name) => !name.includes('partial'));
  for (const name of whole) {
    const bytes = await readFile(join(copied, name));
    expect(bytes.equals(await readFile(join(folderOf(large), name)))).toBe(true);
  }
  const { code, said } = await house.care('copy-files', 'copy');
  expect([code, said]).toEqual([0, expect.stringContaining(`, ${40 - whole.length} copied`)]);
  expect(files().filter((name) => name.includes('partial'))).toEqual([]);
  expect(files()).toHaveLength(40);
}, 240_000);

it('a copy is brought back into another installation, but for what was erased; half a copy is refused', async () => {
  const refused = await house.care('restore-files', 'data', '--data', 'other');
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('is no copy of files')]);
  const { code } = await house.care('restore-files', 'copy', '--data', 'other');
  expect(code).toBe(0);
  const back = house.segmentsIn('other/media/recordings', kept);
  expect(readdirSync(back)).toHaveLength(6);
  expect(existsSync(join(dir, 'other/media/recordings', erased))).toBe(false);
  expect(existsSync(join(dir, 'other/media/decks', kept, 'deck', '1'))).toBe(true);
  const course = join(dir, 'other/courses/files', sha256(film).slice(0, 2), sha256(film));
  expect((await readFile(course)).equals(film)).toBe(true);
}, 120_000);
