import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { readDesired } from '#terminals/desired.ts';
import { revokeTerminal } from '#terminals/sources.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { withdrawCourse } from './assign-course.ts';
import { createCourse, saveDraft } from './change-course.ts';
import { courseProjection } from './course-projection.ts';
import { findCourseFile, holdCourse } from './hold-course.ts';
import { listCourses, readCourse } from './read-courses.ts';
import { settleCourses } from './settle-courses.ts';
import { courseAuthor, enrolVillage, resultsOf, testDraft } from './testing-version.ts';

const first = '540235100201';
const second = '540235100202';
const villages = [first, second];
const scope = '540235100';
const film = 'a'.repeat(64);

const draft = testDraft(film);

describe.each(engines)('courses on $name', ({ open }) => {
  let store: TestStore;
  let accountId: string;
  const [ann, ben, stranger] = [randomUUID(), randomUUID(), randomUUID()];
  const sources = new Map(villages.map((region) => [region, new TestSource()]));
  /** Facts are received now by the database's clock: so courses are assigned an hour before. */
  const now = Temporal.Now.instant().round('millisecond');
  const change = { now: now.subtract({ hours: 1 }), actor: 'system:test' };

  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    accountId = await createAccount(store.pool, { roles: ['registrar'], region: '5402', now });
    await createTerminals(
      store,
      villages.map((region) => ({ terminalId: `${region}-1`, region, simulated: true })),
    );
    for (const [region, { source }] of sources) {
      await store.pool.query(
        `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
        [source, `${region}-1`, now.toString()],
      );
    }
    const people = [
      { personId: ann, region: first, name: '扎西', post: '' },
      { personId: ben, region: first, name: '央金', post: '' },
      { personId: stranger, region: second, name: '次仁', post: '' },
    ];
    expect(await addPeople(store, people, change)).toBeNull();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const author = () => courseAuthor(store, { accountId, film, change });
  const publish = (courseId: string, version: number) => author().publish(courseId, version);
  const assign = (courseId: string, region: string, due: string | null = null) =>
    author().assign(courseId, region, due);
  const make = (region = scope) => author().make(region);
  async function ready(): Promise<string> {
    const courseId = await make();
    await publish(courseId, 1);
    await assign(courseId, scope);
    return courseId;
  }

  interface Saying {
    readonly region?: string;
    readonly at?: string;
    readonly by?: TestSource;
    readonly more?: Record<string, unknown>;
  }
  const at = (hours: number) =>
    now.subtract({ minutes: 60 * hours }).toString({ fractionalSecondDigits: 3 });
  async function say(
    type: 'course.downloaded' | 'course.completed',
    courseId: string,
    how: Saying,
  ) {
    const { region = first, more = {} } = how;
    const source = how.by ?? sources.get(region);
    const clock = { bootId: source?.bootId ?? '', uptimeMs: 1, offsetMs: 0 };
    const data = { courseId, version: 1, terminalId: `${region}-1`, ...more };
    await source?.append(store, [{ region, type, at: how.at ?? at(0.5), clock, data }]);
    await catchUp(store, [courseProjection]);
  }
  const complete = (courseId: string, score: number, how: Saying & { readonly id?: string } = {}) =>
    say('course.completed', courseId, {
      ...how,
      more: {
        personId: ann,
        attemptId: how.id ?? randomUUID(),
        method: 'pin',
        score,
        of: 10,
        passed: score >= 5,
        ...how.more,
      },
    });
  const results = (courseId: string, where = scope) =>
    resultsOf(store, { courseId, scope: where, accountId });
  const told = async (region = first) =>
    (await readDesired(store.pool, `${region}-1`))?.courses?.map(
      ({ courseId, version }) => `${courseId} ${version}`,
    ) ?? [];

  test('a draft is saved by revision; a version stays as it is whatever becomes of the draft', async () => {
    const courseId = await make();
    await publish(courseId, 1);
    await inTransaction(store, async (client) => {
      const held = await holdCourse(client, courseId);
      expect(held).toMatchObject({ revision: 1, newest: { version: 1, title: '防火常识' } });
      if (held !== null) await saveDraft(client, held, { ...draft, title: '防火常识（新）' });
    });
    const view = await readCourse(store.pool, { courseId, scope });
    expect(view).toMatchObject({ revision: 2, isChanged: true, version: 1, title: '防火常识' });
    const again = { courseId, region: scope, draft, accountId };
    await inTransaction(store, async (client) =>
      expect(await createCourse(client, again, now)).toMatchObject({ code: 'id-taken' }),
    );
  });

  test('assigned, it stands at each terminal and its files may be fetched there and nowhere else', async () => {
    const courseId = await make();
    await publish(courseId, 1);
    const find = (region: string, sha256 = film) => findCourseFile(store.pool, { sha256, region });
    await assign(courseId, first, '2099-12-31');
    expect((await readDesired(store.pool, `${first}-1`))?.courses?.[0]).toMatchObject({
      courseId,
      version: 1,
      due: '2099-12-31',
      manifest: { sha256: '1'.repeat(64), bytes: 100 },
      bytes: 1_100,
    });
    expect(await told(second)).toEqual([]);
    expect([await find(first), await find(first, '1'.repeat(64))]).toEqual([
      { bytes: 1_000 },
      { bytes: 100 },
    ]);
    expect([await find(second), await find(first, 'b'.repeat(64))]).toEqual([null, null]);
    const { rows } = await store.pool.query(
      `select body::json -> 'data' as data from log
       where body::json ->> 'type' = 'course.assigned'`,
    );
    expect(rows).toEqual([{ data: { courseId, version: 1, villages: 1 } }]);
  });

  test('a newer version takes the place of the older; what was withdrawn leaves terminals and disk, and comes back to who gets it anew', async () => {
    const courseId = await ready();
    await publish(courseId, 2);
    await assign(courseId, first);
    expect((await told())[0]).toBe(`${courseId} 2`);
    expect((await told()).filter((one) => one.startsWith(courseId))).toHaveLength(1);
    expect((await told(second))[0]).toBe(`${courseId} 1`);
    const view = await readCourse(store.pool, { courseId, scope });
    expect(view?.villages.map(({ region, version }) => [region, version])).toEqual([
      [first, 2],
      [second, 1],
    ]);
    await inTransaction(store, (client) =>
      withdrawCourse(client, { courseId, region: scope }, { ...change, now }),
    );
    expect([...(await told()), ...(await told(second))].join()).not.toContain(courseId);
    const mine = { sha256: '2'.repeat(64), region: first };
    expect(await findCourseFile(store.pool, mine)).toBeNull();
    await assign(courseId, second);
    expect([(await told(second))[0], await findCourseFile(store.pool, mine)]).toEqual([
      `${courseId} 2`,
      null,
    ]);
    expect(await readCourse(store.pool, { courseId, scope })).toMatchObject({
      assigned: 1,
      withdrawnAt: null,
    });
  });

  test('settling again writes nothing: no document gets another version', async () => {
    await ready();
    const versions = 'select terminal_id, version from desired order by 1';
    const before = (await store.pool.query(versions)).rows;
    await inTransaction(store, (client) => settleCourses(client, { regions: villages, now }));
    expect((await store.pool.query(versions)).rows).toEqual(before);
  });

  test('how somebody proved who they are stands beside the result', async () => {
    const courseId = await ready();
    const face = { model: 'm', similarity: 0.8, margin: 0.5, threshold: 0.5 };
    const look = { ...face, frames: 5, liveness: 0.9, challenge: 'blink', sampleCamera: true };
    await complete(courseId, 4, { more: { method: 'face', face: look } });
    expect(await results(courseId)).toMatchObject([
      { method: 'face', witness: null, sampleCamera: true },
    ]);
    await complete(courseId, 8, { more: { method: 'pin-witness', witnessId: ben } });
    expect(await results(courseId)).toMatchObject([
      { method: 'pin-witness', witness: '央金', sampleCamera: false, tries: 2 },
    ]);
  });

  test('an attempt counts once: replayed, said by a terminal that was enrolled again, and of two tries the better', async () => {
    const courseId = await ready();
    await say('course.downloaded', courseId, {});
    const id = randomUUID();
    await complete(courseId, 4, { id });
    await complete(courseId, 4, { id });
    await complete(courseId, 9, { id, by: new TestSource() });
    expect(await results(courseId)).toMatchObject([
      { personId: ann, name: '扎西', score: 4, of: 10, passed: false, tries: 1 },
    ]);
    await complete(courseId, 8, { at: at(0.4) });
    await complete(courseId, 6, { at: at(0.3) });
    expect(await results(courseId)).toMatchObject([
      { score: 8, passed: true, tries: 3, at: at(0.4) },
    ]);
    await complete(courseId, 10, { more: { personId: ben } });
    const lines = await listCourses(store.pool, { scope, limit: 50, before: null });
    const line = lines.find((one) => one.courseId === courseId);
    const figures = { assigned: 2, downloaded: 1, completed: 2, passed: 2 };
    expect(line).toMatchObject({ courseId, ...figures });
    const view = await readCourse(store.pool, { courseId, scope });
    expect(view?.villages).toMatchObject([
      { region: first, completed: 2, passed: 2, people: 2, downloadedAt: at(0.5) },
      { region: second, completed: 0, downloadedAt: null },
    ]);
    const below = await listCourses(store.pool, { scope: second, limit: 10, before: null });
    const own = below.find((one) => one.courseId === courseId);
    expect(own).toMatchObject({ assigned: 1, downloaded: 0, completed: 0 });
    expect(await results(courseId, second)).toEqual([]);
  });

  test('nobody of the village, a version it was not sent and a course of elsewhere count for nothing', async () => {
    const courseId = await ready();
    await complete(courseId, 9, { more: { personId: stranger } });
    await complete(courseId, 9, { more: { version: 2 } });
    await complete(randomUUID(), 9);
    expect(await results(courseId)).toEqual([]);
  });

  test('what was handed in after the due day counts and is marked late', async () => {
    const courseId = await make();
    await publish(courseId, 1);
    const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
    await assign(courseId, scope);
    await assign(courseId, scope, today.subtract({ days: 2 }).toString());
    await complete(courseId, 9);
    expect(await results(courseId)).toMatchObject([{ passed: true, isLate: true }]);
    await assign(courseId, scope, today.toString());
    expect(await results(courseId)).toMatchObject([{ isLate: false }]);
  });

  test('a terminal is told of the ten assigned last', async () => {
    const made: string[] = [];
    for (let each = 0; each < 11; each += 1) made.push(await ready());
    expect(await told()).toEqual(
      made
        .toReversed()
        .slice(0, 10)
        .map((id) => `${id} 1`),
    );
  });

  const enrol = (region: string) => enrolVillage(store, region, at(0));

  test('whoever comes later gets what stands for the region: a village equipped afterwards, one that lost its key, a cadre who joined', async () => {
    const courseId = await ready();
    const late = '540235100203';
    const by = await enrol(late);
    expect((await told(late))[0]).toBe(`${courseId} 1`);
    expect(await findCourseFile(store.pool, { sha256: film, region: late })).not.toBeNull();
    const joined = { personId: randomUUID(), region: late, name: '旺堆', post: '' };
    expect(await addPeople(store, [joined], { ...change, now })).toBeNull();
    await complete(courseId, 9, { region: late, by, more: { personId: joined.personId } });
    expect(await results(courseId, late)).toMatchObject([{ name: '旺堆', passed: true }]);

    await revokeTerminal(store, { terminalId: `${late}-1`, now: at(0), actor: 'system:test' });
    await publish(courseId, 2);
    await assign(courseId, scope);
    expect((await told(late))[0]).toBe(`${courseId} 1`);
    await enrol(late);
    expect((await told(late))[0]).toBe(`${courseId} 2`);
    expect(await results(courseId, late)).toHaveLength(1);
  });

  test('what was withdrawn, replaced nearer by, or is over reaches nobody who comes later; one for a village waits for its terminal', async () => {
    const [late, own] = ['540235100204', '540235100205'];
    const [withdrawn, over, waiting] = [await ready(), await make(), await make()];
    await inTransaction(store, (client) =>
      withdrawCourse(client, { courseId: withdrawn, region: scope }, { ...change, now }),
    );
    const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
    await publish(over, 1);
    await assign(over, scope, today.subtract({ days: 1 }).toString());
    await publish(waiting, 1);
    await assign(waiting, late, today.toString());
    await publish(waiting, 2);
    await assign(waiting, own);
    await Promise.all([enrol(late), enrol(own)]);
    expect((await told(late)).join()).not.toMatch(new RegExp(`${withdrawn}|${over}`));
    expect([(await told(late))[0], (await told(own))[0]]).toEqual([`${waiting} 1`, `${waiting} 2`]);
    // The wider one comes last and holds for both.
    await assign(waiting, scope);
    expect([(await told(late))[0], (await told(own))[0]]).toEqual([`${waiting} 2`, `${waiting} 2`]);
  });

  test('built again, everything is the same', async () => {
    const all = async () => [
      (await store.pool.query('select * from course_attempt order by attempt_id')).rows,
      (await store.pool.query('select * from course_village order by course_id, version, region'))
        .rows,
    ];
    const before = await all();
    expect(before[0]?.length).toBeGreaterThan(3);
    await rebuild(store, courseProjection);
    expect(await all()).toEqual(before);
  });
});
