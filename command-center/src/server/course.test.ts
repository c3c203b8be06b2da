import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  courseLimits,
  parseCoursePackage,
  type CourseLine,
  type CourseResults,
  type CourseView,
  type Page,
  type UploadProgress,
} from '@sightline/contracts';
import {
  addPeople,
  catchUp,
  courseFilePath,
  courseProjection,
  createTerminal,
  readDesired,
} from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeFilm, makePicture, probeFilm } from '#testing/make-media.ts';
import { readSheet } from './testing-sheet.ts';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';
import { draftOf, uploadsOf, type Uploads } from './testing-uploads.ts';

const village = '540235100201';
const neighbour = '540235100202';
const county = '540235';
const personId = randomUUID();
// Noise is large: it comes in several pieces.
const noise = ['-vf', 'noise=alls=100:allf=t', '-metadata', 'title=secret', '-g', '10'];
const film = await makeFilm({ kind: 'mp4', size: '320x240', seconds: 2, more: noise });
const coursesDir = mkdtempSync(join(tmpdir(), 'sightline-courses-'));

vi.setConfig({ testTimeout: 120_000 });

let console: TestConsole;
let registrar: string;
const source = new TestSource();
beforeAll(async () => {
  console = await openTestConsole({ coursesDir });
  const { store, clock } = console;
  for (const region of [village, neighbour]) {
    await createTerminal(store, { terminalId: `${region}-1`, region, simulated: true });
    await store.pool.query(
      `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
      [region === village ? source.source : region, `${region}-1`, clock.now.toString()],
    );
  }
  const person = { personId, region: village, name: '扎西', post: '' };
  await addPeople(store, [person], { now: clock.now, actor: 'system:test' });
  registrar = await console.enter(['registrar'], county);
});
afterAll(async () => {
  await console[Symbol.asyncDispose]();
  await rm(coursesDir, { recursive: true });
});

const sha256Of = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
const post = (url: string, body: unknown, cookie = registrar) =>
  console.call({ method: 'POST', url, cookie, body });
const get = async <T>(url: string, cookie = registrar): Promise<T> =>
  (await console.call({ url, cookie })).json<T>();

async function create(region = county): Promise<string> {
  const courseId = randomUUID();
  const reply = await post('/api/courses', { courseId, region, draft: draftOf(null) });
  expect(reply.statusCode).toBe(201);
  return courseId;
}

const uploads = () => uploadsOf(console, registrar);
const put: Uploads['put'] = (courseId, sent) => uploads().put(courseId, sent);
const send: Uploads['send'] = (courseId, file) => uploads().send(courseId, file);
const prepare: Uploads['prepare'] = (...asked) => uploads().prepare(...asked);

/** The film of a lesson. */
function upload(courseId: string): Promise<string> {
  return prepare(courseId, film, 'C:\\a\\灭火.mp4');
}
async function publish(courseId: string): Promise<void> {
  const file = await upload(courseId);
  const written = await post(`/api/courses/${courseId}/draft`, {
    revision: 1,
    draft: draftOf(file),
  });
  expect(written.json()).toEqual({ revision: 2 });
  const reply = await post(`/api/courses/${courseId}/publish`, { revision: 2 });
  expect([reply.statusCode, reply.json()]).toEqual([201, { version: 1 }]);
}

const assign = (courseId: string, region = county, cookie = registrar) =>
  post(`/api/courses/${courseId}/assign`, { region, due: null }, cookie);

test('a film comes in pieces, and a broken line goes on where it was; the page learns how much is there', async () => {
  const courseId = await create();
  const uploadId = randomUUID();
  const piece = film.subarray(0, 1_000);
  expect((await put(courseId, { uploadId, at: 0, piece })).json()).toEqual({ received: 1_000 });
  expect((await put(courseId, { uploadId, at: 0, piece })).json()).toEqual({ received: 1_000 });
  expect((await put(courseId, { uploadId, at: 9_000, piece })).json()).toEqual({ received: 1_000 });
  // Two at once do not tear it: one of them is late or told to wait.
  await Promise.all([
    put(courseId, { uploadId, at: 1_000, piece }),
    put(courseId, { uploadId, at: 1_000, piece }),
  ]);
  expect((await put(courseId, { uploadId, at: 0, piece })).json()).toEqual({ received: 2_000 });
});

test('a film is recoded to what the weakest terminal plays, and nothing its maker wrote rides along', async () => {
  const courseId = await create();
  const sha256 = await upload(courseId);
  const path = courseFilePath(coursesDir, sha256);
  expect(await sha256Of(path)).toBe(sha256);
  const { files } = await get<CourseView>(`/api/courses/${courseId}?region=${county}`);
  const { size: bytes } = await stat(path);
  expect(files).toEqual([{ sha256, bytes, type: 'video/mp4', name: '灭火.mp4' }]);
  const probed = await probeFilm(path);
  expect(probed).toMatch(/"h264"[^]*"Main"[^]*320[^]*240[^]*"aac"/);
  expect(probed).not.toContain('secret');
  const large = await makeFilm({ kind: 'webm', size: '1920x1080', seconds: 1, rate: '2' });
  const small = courseFilePath(coursesDir, await prepare(courseId, large, 'a.webm'));
  expect(await probeFilm(small)).toMatch(/"h264"[^]*"Main"[^]*1280[^]*720/);
  // Sent back as it is now, it is only packed anew: it stays what it is.
  expect(await prepare(courseId, await readFile(path))).toMatch(/^[0-9a-f]{64}$/);
  expect(await readdir(join(coursesDir, 'uploads'))).not.toContainEqual(
    expect.stringContaining(`${courseId}.`),
  );
});

test('a picture is written anew, upright and small, without where it was taken', async () => {
  const courseId = await create();
  const picture = await makePicture(3_000, 1_000);
  expect(picture.includes('taken at home')).toBe(true);
  const hidden = Buffer.concat([picture, Buffer.from('hidden behind the picture')]);
  const sha256 = await prepare(courseId, hidden, 'a.jpg');
  const made = await readFile(courseFilePath(coursesDir, sha256));
  expect(made.includes('taken at home') || made.includes('hidden behind')).toBe(false);
  expect(await sharp(made).metadata()).toMatchObject({ format: 'jpeg', width: 1_920, height: 640 });
});

test('what only looks like a film or a picture, is too long or too large, is refused in words and not kept', async () => {
  const courseId = await create();
  const noFilm = Buffer.concat([film.subarray(0, 400), Buffer.alloc(4_000)]);
  expect(await prepare(courseId, noFilm)).toBe('film-broken');
  const playlist = Buffer.from('#EXTM3U\nfile:///etc/passwd\n');
  const masked = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom'), playlist]);
  expect(await prepare(courseId, masked)).toBe('film-broken');
  // Three pictures, no sound.
  const long = { kind: 'mp4', size: '64x64', seconds: 6_000, rate: '1/2000' } as const;
  expect(await prepare(courseId, await makeFilm({ ...long, more: ['-an'] }))).toBe('film-too-long');
  const wide = { kind: 'webm', size: '4112x16', seconds: 1 } as const;
  expect(await prepare(courseId, await makeFilm(wide))).toBe('film-resolution');
  const picture = await makePicture(100, 100);
  expect(await prepare(courseId, picture.subarray(0, 300))).toBe('picture-broken');
  expect(await prepare(courseId, await makePicture(8_000, 6_000))).toBe('picture-resolution');
  const { files } = await get<CourseView>(`/api/courses/${courseId}?region=${county}`);
  expect(files).toEqual([]);
  expect(await readdir(join(coursesDir, 'uploads'))).not.toContainEqual(
    expect.stringContaining(`${courseId}.`),
  );
});

test('an upload that is stopped is gone with whatever was made of it; one not ready is no file yet', async () => {
  const courseId = await create();
  const uploadId = await send(courseId, film);
  const url = `/api/courses/${courseId}/uploads/${uploadId}`;
  const finish = () => post(`/api/courses/${courseId}/files`, { uploadId, name: 'a.mp4' });
  expect(problemOf(await finish())).toBe('no-such-upload');
  const look = () => console.call({ url: `${url}?bytes=${film.length}`, cookie: registrar });
  expect((await look()).json<UploadProgress>().preparing?.state).not.toBe('ready');
  expect(problemOf(await finish())).toBe('upload-not-ready');
  const gone = await console.call({ method: 'DELETE', url, cookie: registrar });
  expect(gone.statusCode).toBe(200);
  expect(problemOf(await look())).toBe('no-such-upload');
});

test('its film is shown by range to who writes the course and to nobody else', async () => {
  const courseId = await create();
  const sha256 = await upload(courseId);
  const url = `/api/courses/${courseId}/files/${sha256}`;
  const part = await console.app.inject({
    url,
    headers: { host: 'localhost:7400', cookie: registrar, range: 'bytes=4-7' },
  });
  expect([part.statusCode, part.body]).toEqual([206, 'ftyp']);
  const other = `/api/courses/${courseId}/files/${'0'.repeat(64)}`;
  expect((await console.call({ url: other, cookie: registrar })).statusCode).toBe(404);
  const below = await console.enter(['dispatcher'], village);
  expect((await console.call({ url, cookie: below })).statusCode).toBe(403);
});

test('what no lesson shows, what is too large and what is no piece is refused, in its own words', async () => {
  const courseId = await create();
  const wrong = Buffer.from('<html><script>alert(1)</script></html>');
  expect(problemOf(await put(courseId, { at: 0, piece: wrong }))).toBe('course-file-type');
  const piece = film.subarray(0, 100);
  const bytes = courseLimits.videoBytes + 1;
  expect(problemOf(await put(courseId, { at: 0, piece, bytes }))).toBe('course-file-too-large');
  const large = film.subarray(0, courseLimits.pieceBytes + 1);
  expect((await put(courseId, { at: 0, piece: large })).statusCode).toBe(413);
  expect((await put(courseId, { at: 0, piece: Buffer.alloc(0) })).statusCode).toBe(415);
  expect((await put(courseId, { at: -1, piece })).statusCode).toBe(400);
  const stray = { uploadId: randomUUID(), name: 'a.mp4' };
  expect(problemOf(await post(`/api/courses/${courseId}/files`, stray))).toBe('no-such-upload');
});

test('a course is written, published and assigned; the terminal is told, and the manifest lies by its hash', async () => {
  const courseId = await create();
  expect(problemOf(await assign(courseId))).toBe('not-published');
  expect(problemOf(await post(`/api/courses/${courseId}/publish`, { revision: 1 }))).toBe(
    'lesson-empty',
  );
  await publish(courseId);
  const url = `/api/courses/${courseId}/publish`;
  expect(problemOf(await post(url, { revision: 2 }))).toBe('nothing-new');
  expect(problemOf(await post(url, { revision: 1 }))).toBe('course-changed');
  const plan = await get<object>(`/api/courses/plan?region=${county}`);
  expect(plan).toMatchObject({ villages: 2 });
  expect((await assign(courseId)).json()).toEqual({ villages: 2 });
  const [told] = (await readDesired(console.store.pool, `${village}-1`))?.courses ?? [];
  expect(told).toMatchObject({ courseId, version: 1, title: '防火常识', questions: 1 });
  const text = await readFile(courseFilePath(coursesDir, told?.manifest.sha256 ?? ''), 'utf8');
  expect(parseCoursePackage(text)?.files).toMatchObject([{ type: 'video/mp4' }]);
  const withdraw = `/api/courses/${courseId}/withdraw`;
  expect((await post(withdraw, {})).statusCode).toBe(201);
  expect(problemOf(await post(withdraw, {}))).toBe('withdrawn-before');
});

test('what is right is for those who write it; a region below sees its own villages, another county nothing', async () => {
  const courseId = await create();
  await publish(courseId);
  await assign(courseId, village);
  const below = await console.enter(['dispatcher'], village);
  const own = await console.call({
    url: `/api/courses/${courseId}?region=${village}`,
    cookie: below,
  });
  expect(own.json<CourseView>()).toMatchObject({
    title: '防火常识',
    draft: null,
    files: [],
    assigned: 1,
  });
  expect(own.body).not.toContain('right');
  expect((await assign(courseId, village, below)).statusCode).toBe(403);
  expect((await post(`/api/courses/${courseId}/publish`, { revision: 2 }, below)).statusCode).toBe(
    403,
  );
  const piece = film.subarray(0, 100);
  expect((await put(courseId, { at: 0, piece, cookie: below })).statusCode).toBe(403);
  const other = await console.enter(['dispatcher', 'registrar'], '540202');
  const elsewhere = await console.call({ url: `/api/courses/${courseId}`, cookie: other });
  expect(elsewhere.statusCode).toBe(404);
  const { items } = await get<Page<CourseLine>>('/api/courses', other);
  expect(items.map((line) => line.courseId)).not.toContain(courseId);
  expect((await assign(courseId, '540202', other)).statusCode).toBe(403);
});

test('who completed it is named village by village and on the way out, each time with an audit row', async () => {
  const courseId = await create();
  await publish(courseId);
  await assign(courseId);
  const { store } = console;
  const data = {
    courseId,
    version: 1,
    terminalId: `${village}-1`,
    attemptId: randomUUID(),
    personId,
    method: 'pin',
    score: 1,
    of: 1,
    passed: true,
  };
  const at = '2020-01-01T00:00:00.000Z'; // A clock that is years off.
  await source.append(store, [{ region: village, type: 'course.completed', at, data }]);
  await catchUp(store, [courseProjection]);
  const view = await console.call({
    url: `/api/courses/${courseId}?region=${county}`,
    cookie: registrar,
  });
  expect(view.body).not.toContain('扎西');
  expect(view.json<CourseView>()).toMatchObject({ assigned: 2, completed: 1, passed: 1 });
  const url = `/api/courses/${courseId}/villages/${village}/results`;
  const { results } = await get<CourseResults>(url);
  expect(results).toMatchObject([{ name: '扎西', score: 1, of: 1, passed: true, isLate: false }]);
  const file = `/api/export/courses/${courseId}/results.xlsx?region=${county}`;
  const rowsOut = await readSheet(
    (await console.call({ url: file, cookie: registrar })).rawPayload,
  );
  // The place, the person, version, score, and how: so it stands on paper.
  expect(rowsOut.map((row) => row.filter((_, at) => at !== 1 && at !== 11))).toEqual([
    expect.arrayContaining(['方式 Method', '第几次 Attempt']),
    [village, '扎西', 1, 1, 1, '是 yes', 1, 1, '仅密码 PIN alone', null, expect.any(String), null],
  ]);
  const csv = `/api/export/courses/${courseId}/villages.csv?region=${county}`;
  const plain = (await console.call({ url: csv, cookie: registrar })).body;
  expect([plain.includes(village), plain.includes('扎西')]).toEqual([true, false]);
  const { rows } = await store.pool.query<{ what: string }>(
    `select what from audit where body::json ->> 'subject' = $1 order by seq`,
    [`course:${courseId}`],
  );
  expect(rows.map(({ what }) => what)).toEqual([
    'course.create',
    'course.upload',
    'course.write',
    'course.publish',
    'course.assign',
    'course-results.read',
    'course-results.export',
  ]);
});
