import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordedSegment } from '@sightline/contracts';
import { createAccount, inTransaction, noteSegments, seedDivisions } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from './edge-fixture.ts';
import { testEnvironment } from './testing/fixture.ts';

const program = fileURLToPath(new URL('../care-main.ts', import.meta.url));
const now = Temporal.Instant.from('2026-11-26T04:00:00Z');
const seatId = 'venue-540235100201';
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let dir: string;
let store: TestStore;
let accountId: string;
const [kept, erased] = [randomUUID(), randomUUID()];
const film = Buffer.alloc(300_000, 'course');
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sightline-files-'));
  store = await openTestStore();
  await seedDivisions(store.pool);
  accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: '5402', now });
  for (const meetingId of [kept, erased]) await record(meetingId, 6);
  const shelf = join(dir, 'data/courses/files', sha256(film).slice(0, 2));
  await mkdir(shelf, { recursive: true });
  await writeFile(join(shelf, sha256(film)), film);
  await mkdir(join(dir, 'data/media/decks', kept, 'deck'), { recursive: true });
  await writeFile(join(dir, 'data/media/decks', kept, 'deck', '1'), 'page');
}, 120_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

const folderOf = (meetingId: string) =>
  join(dir, 'data/media/recordings', meetingId, meetingId, seatId);
const nameOf = (no: number) => `${String(no).padStart(6, '0')}.webm`;

/** A meeting that is over, and so many segments of it, known and on the disk. */
async function record(meetingId: string, count: number, bytes = 200_000): Promise<void> {
  await store.pool.query(
    `insert into meeting (meeting_id, region, kind, title, account_id, chair, called_at, starts_at,
       ring_until, until, is_remote_opening, phase, opened_at, ended_at, ended_why, control)
     values ($1, '5402', 'meeting', 'a', $2::uuid, 'desk-' || $2::uuid, $3, $3, $4, $4, false,
       'over', $3, $4, 'chair', '{"isRecorded": false}')`,
    [meetingId, accountId, now.toString(), now.add({ minutes: 5 }).toString()],
  );
  await mkdir(folderOf(meetingId), { recursive: true });
  const segments: RecordedSegment[] = [];
  for (let no = 0; no < count; no += 1) {
    const content = Buffer.alloc(bytes, `${meetingId} ${no}`);
    await writeFile(join(folderOf(meetingId), nameOf(no)), content);
    const of = { recordingId: meetingId, meetingId, seatId, no, from: '2026-11-26T04:00:00.000Z' };
    segments.push({
      ...of,
      durationMs: 4_000,
      bytes,
      sha256: sha256(content),
      hasVideo: true,
    });
  }
  await inTransaction(store, (client) => noteSegments(client, segments, now));
}

function start(words: readonly string[]) {
  const env = testEnvironment({ INIT_CWD: dir, DATABASE_URL: store.databaseUrl });
  return spawn(process.execPath, [program, ...words], { env, timeout: 120_000 });
}

async function care(...words: readonly string[]) {
  const child = start(words);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (said += part.toString()));
  }
  await once(child, 'close');
  return { code: child.exitCode, said };
}

const copyOf = (meetingId: string, no: number) =>
  join(dir, 'copy/recordings', meetingId, meetingId, seatId, nameOf(no));

it('a backup says what is apart, and by which command it is copied', async () => {
  const { code, said } = await care('backup', 'all.backup');
  expect([code, said]).toEqual([0, expect.stringContaining('copy-files DIR')]);
  expect(said).toContain('2 recordings');
}, 120_000);

it('files are copied once, whole; what was erased goes from the copy, what the disk lost stays in it', async () => {
  const first = await care('copy-files', 'copy');
  expect([first.code, first.said]).toEqual([
    0,
    expect.stringContaining('recordings: 12 files, 12 copied'),
  ]);
  expect(readFileSync(copyOf(kept, 0)).equals(readFileSync(join(folderOf(kept), nameOf(0))))).toBe(
    true,
  );
  const again = await care('copy-files', 'copy');
  expect(again.said).toContain('recordings: 12 files, 0 copied');
  expect(again.said).toContain('courses: 1 files, 0 copied');

  await store.pool.query(
    `insert into meeting_erasure (meeting_id, kind, why, after_days, decided_at)
     values ($1, 'recordings', 'age', 180, $2)`,
    [erased, now.toString()],
  );
  await rm(join(folderOf(kept), nameOf(1)));
  const third = await care('copy-files', 'copy');
  expect(third.said).toContain('1 erased meetings taken away');
  expect([existsSync(copyOf(erased, 0)), existsSync(copyOf(kept, 1))]).toEqual([false, true]);
  const note = JSON.parse(await readFile(join(dir, 'copy/files.json'), 'utf8')) as object;
  expect(note).toMatchObject({ format: 1, recordings: { files: 5 }, courses: { files: 1 } });
}, 240_000);

it('a damaged file is named and does not take the place of its sound copy', async () => {
  const file = join(folderOf(kept), nameOf(2));
  const sound = await readFile(file);
  await writeFile(file, Buffer.alloc(sound.length + 1));
  const { code, said } = await care('copy-files', 'copy');
  expect([code, said]).toEqual([1, expect.stringMatching(/000002\.webm is damaged/)]);
  expect(readFileSync(copyOf(kept, 2)).equals(sound)).toBe(true);
  await writeFile(file, sound);
  expect((await care('copy-files', 'copy')).code).toBe(0);
}, 120_000);

it('killed in the middle, it goes on at the next run and leaves nothing half', async () => {
  const large = randomUUID();
  await record(large, 40, 3_000_000);
  const copied = join(dir, 'copy/recordings', large, large, seatId);
  const child = start(['copy-files', 'copy']);
  const files = () => (existsSync(copied) ? readdirSync(copied) : []);
  await until('some are copied', () => files().length > 3, 60_000);
  child.kill('SIGKILL');
  await once(child, 'close');
  const whole = files().filter((name) => !name.includes('partial'));
  for (const name of whole) {
    const bytes = await readFile(join(copied, name));
    expect(bytes.equals(await readFile(join(folderOf(large), name)))).toBe(true);
  }
  const { code, said } = await care('copy-files', 'copy');
  expect([code, said]).toEqual([0, expect.stringContaining(`, ${40 - whole.length} copied`)]);
  expect(files().filter((name) => name.includes('partial'))).toEqual([]);
  expect(files()).toHaveLength(40);
}, 240_000);

it('a copy is brought back into another installation, but for what was erased; half a copy is refused', async () => {
  const refused = await care('restore-files', 'data', '--data', 'other');
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('is no copy of files')]);
  const { code } = await care('restore-files', 'copy', '--data', 'other');
  expect(code).toBe(0);
  const back = join(dir, 'other/media/recordings', kept, kept, seatId);
  expect(readdirSync(back)).toHaveLength(6);
  expect(existsSync(join(dir, 'other/media/recordings', erased))).toBe(false);
  expect(existsSync(join(dir, 'other/media/decks', kept, 'deck', '1'))).toBe(true);
  const course = join(dir, 'other/courses/files', sha256(film).slice(0, 2), sha256(film));
  expect((await readFile(course)).equals(film)).toBe(true);
}, 120_000);
