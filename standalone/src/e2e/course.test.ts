import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KioskState } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import { insertCourse, type TestCourse } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoPin } from '#demo/set-demo-pins.ts';
import { until } from './edge-fixture.ts';
import { openReader, requireCustody } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';

vi.setConfig({ testTimeout: 240_000 });
const film = randomBytes(3 * 256 * 1024 + 777);
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let kiosk: Kiosk;
let start: KioskState;
let course: TestCourse;

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: 1 }));
  store = stack.use(await openReader(house.databaseUrl));
  kiosk = await openKiosk(house.links.kiosk);
  await kiosk.waitFor('people with PINs', ({ people }) => people.every((each) => each.hasPin));
  start = await kiosk.waitFor('the link', ({ link }) => link.state === 'up');
  const coursesDir = join(house.dataDir, 'courses');
  course = await insertCourse(store, { region: start.region ?? '', films: [film], coursesDir });
}, 240_000);
afterAll(() => stack.disposeAsync());

const packageState = ({ courses }: KioskState) => courses[0]?.package.state;
const handIn = (answers: number[][], attemptId: string) => {
  const own = { personId: start.people[0]?.personId ?? '', pin: demoPin };
  const { courseId } = course;
  const quiz = { courseId, version: 1, attemptId, answers };
  return kiosk.post('/api/course/hand-in/pin', { ...quiz, ...own });
};

it('a course that was fetched is completed while broker and centre are away for its whole length, and counts once when they are back', async () => {
  await kiosk.waitFor('the course', ({ courses }) => courses.length === 1);
  expect((await kiosk.post('/api/courses/download', {})).status).toBe(200);
  await kiosk.waitFor('the package', (state) => packageState(state) === 'ready');
  const sha256 = course.manifest.files[0]?.sha256 ?? '';
  const file = await readFile(join(house.dataDir, 'agent', 'courses', sha256));
  expect(file.equals(film)).toBe(true);

  const [broker, centre, agent] = [
    house.fleet.child('broker'),
    house.fleet.child('centre'),
    house.fleet.child('agent'),
  ];
  await Promise.all([broker.stop(), centre.stop()]);
  await kiosk.waitFor('link down', ({ link }) => link.state === 'down');
  // Not even a restart of the terminal asks anybody for anything.
  await agent.stop();
  await agent.start();
  await kiosk.waitFor('the package again', (state) => packageState(state) === 'ready');
  const failed = await handIn([[1], [0]], randomUUID());
  expect(failed.body).toMatchObject({ passed: false, triesLeft: 1, waiting: true });
  const attemptId = randomUUID();
  for (const _ of ['once', 'and a page that heard no answer']) {
    const { status, body } = await handIn([[0], [0, 1]], attemptId);
    expect([status, body]).toMatchObject([200, { score: 2, of: 2, passed: true }]);
  }
  expect((await kiosk.state()).outbox.waiting).toBeGreaterThanOrEqual(2);

  await Promise.all([broker.start(), centre.start()]);
  await kiosk.waitFor(
    'all delivered',
    ({ link, outbox }) => link.state === 'up' && outbox.waiting === 0,
  );
  const read = async () => {
    const { rows } = await store.pool.query<object>(
      `select score, questions, passed, tries from course_result where course_id = $1`,
      [course.courseId],
    );
    return rows;
  };
  await until('the centre has counted', async () => (await read()).length > 0, 60_000);
  expect(await read()).toEqual([{ score: 2, questions: 2, passed: true, tries: 2 }]);
  const { rows } = await store.pool.query<{ type: string; count: number }>(
    `select type, count(*)::integer as count from log
     where type in ('course.downloaded', 'course.completed') and body like '%' || $1 || '%'
     group by type order by type`,
    [course.courseId],
  );
  expect(rows).toEqual([
    { type: 'course.completed', count: 2 },
    { type: 'course.downloaded', count: 1 },
  ]);
  await requireCustody(store);
});
