import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';
import {
  hexOf,
  makeCourse,
  openCourseServer,
  testCourseSettings,
  type CourseServer,
} from '#testing/course-server.ts';

const [ann, ben] = tablePeople;
const pin = '135790';
const film = randomBytes(600_000);
const made = makeCourse([film]);
const { courseId } = made.course;

let server: CourseServer;
beforeAll(async () => {
  server = await openCourseServer();
  for (const [hash, bytes] of made.files) server.files.set(hash, bytes);
});
afterAll(() => server[Symbol.asyncDispose]());

const desired = () =>
  tableDesired({
    courses: [made.course],
    grants: [
      tableGrant('set-pin', ann.personId),
      tableGrant('set-pin', ben.personId, { code: '87654321' }),
    ],
    settings: { faceEnabled: false, demo: true },
  });

const openAt = (dir?: string, terminal = new TableTerminal(tableTime, desired())) =>
  openTableKiosk({
    terminal,
    ...(dir === undefined ? {} : { dir }),
    courseSource: { brokerHttpUrl: server.url, settings: testCourseSettings },
  });

const stateOf = async ({ client }: TableKiosk) => (await client.state()).courses[0];
async function download(table: TableKiosk): Promise<void> {
  expect((await table.client.post('/api/courses/download', {})).status).toBe(200);
  await vi.waitFor(async () => expect((await stateOf(table))?.package.state).toBe('ready'), {
    timeout: 10_000,
    interval: 20,
  });
}
interface Way {
  readonly personId?: string;
  readonly attemptId?: string;
  readonly code?: string;
  readonly witness?: { readonly personId: string; readonly pin: string };
}
const handIn = (
  { client }: TableKiosk,
  answers: number[][],
  { personId = ann.personId, attemptId = randomUUID() as string, code = pin, ...more } = {} as Way,
) => {
  const quiz = { courseId, version: 1, attemptId, answers, personId };
  return client.post('/api/course/hand-in/pin', { ...quiz, pin: code, ...more });
};
const completions = ({ terminal }: TableKiosk) =>
  terminal.facts.filter(({ type }) => type === 'course.completed');

test('fetched once, it is learned and passed with the link down for its whole length, and what was answered is nowhere', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-kiosk-'));
  const terminal = new TableTerminal(tableTime, desired());
  {
    await using table = await openAt(dir, terminal);
    const { client } = table;
    await client.post('/api/pin', { personId: ann.personId, code: '12345678', pin });
    expect((await client.get(`/api/courses/${courseId}`)).status).toBe(404);
    expect((await handIn(table, [[0], [0, 2]])).body['code']).toBe('course-not-here');
    await download(table);
  }
  const { link } = terminal.state();
  terminal.setState({ link: { ...link, state: 'down' } });
  await using table = await openAt(dir, terminal);
  const { client } = table;
  await vi.waitFor(async () => expect((await stateOf(table))?.package.state).toBe('ready'));
  const { body } = await client.get(`/api/courses/${courseId}`);
  expect(body).toMatchObject({
    lessons: made.manifest.lessons,
    questions: [{ kind: 'single' }, {}],
  });
  expect(JSON.stringify(body)).not.toMatch(/salt|"right"/);
  const url = `${client.origin}/api/courses/${courseId}/files/${hexOf(film)}`;
  const part = await fetch(url, { headers: { cookie: client.cookie, range: 'bytes=1000-1999' } });
  expect([part.status, part.headers.get('content-type')]).toEqual([206, 'video/webm']);
  expect(Buffer.from(await part.arrayBuffer()).equals(film.subarray(1_000, 2_000))).toBe(true);
  expect((await fetch(url)).status).toBe(401);

  const attemptId = randomUUID();
  const who = { outcome: 'course-completed', courseId, personId: ann.personId, method: 'pin' };
  const answer = { ...who, score: 2, of: 2, passed: true, triesLeft: 1, waiting: true };
  for (const _ of [1, 2]) {
    const reply = await handIn(table, [[0], [2, 0]], { attemptId });
    expect([reply.status, reply.body]).toEqual([200, answer]);
  }
  expect(completions(table)).toMatchObject([
    {
      actor: `person:${ann.personId}`,
      data: {
        courseId,
        version: 1,
        attemptId,
        personId: ann.personId,
        score: 2,
        of: 2,
        passed: true,
      },
    },
  ]);
  expect(Object.keys(completions(table)[0]?.data ?? {}).toSorted()).toEqual([
    'attemptId',
    'courseId',
    'method',
    'of',
    'passed',
    'personId',
    'score',
    'terminalId',
    'version',
  ]);
  expect((await stateOf(table))?.tried).toEqual([
    { personId: ann.personId, tries: 1, passed: true },
  ]);
  await table.kiosk[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

test('tries end and are remembered; a wrong PIN, a stranger and answers of another quiz are none', async () => {
  await using table = await openAt();
  const { client } = table;
  await client.post('/api/pin', { personId: ann.personId, code: '12345678', pin });
  await client.post('/api/pin', { personId: ben.personId, code: '87654321', pin });
  await download(table);
  expect((await handIn(table, [[0], [0]], { code: '000000' })).body['code']).toBe('pin-wrong');
  const stranger = randomUUID();
  expect((await handIn(table, [[0], [0]], { personId: stranger })).body['code']).toBe(
    'person-not-on-list',
  );
  expect((await handIn(table, [[0]])).body['code']).toBe('not-its-answers');
  expect((await handIn(table, [[0], [0, 0]])).status).toBe(400);
  expect((await handIn(table, [[1], []])).body).toMatchObject({ passed: false, triesLeft: 1 });
  expect((await handIn(table, [[0], []])).body).toMatchObject({ score: 1, triesLeft: 0 });
  expect((await handIn(table, [[0], [0, 2]])).body['code']).toBe('no-tries-left');
  expect((await handIn(table, [[0], [0, 2]], { personId: ben.personId })).body).toMatchObject({
    passed: true,
  });
  expect(completions(table)).toHaveLength(3);
  table.terminal.setDesired(tableDesired({ version: 2 }));
  expect((await handIn(table, [[0], [0, 2]], { personId: ben.personId })).body['code']).toBe(
    'no-such-course',
  );
});

test('a witness stands beside with a PIN of their own, and a wrong one of theirs is said as theirs', async () => {
  await using table = await openAt();
  const { client } = table;
  await client.post('/api/pin', { personId: ann.personId, code: '12345678', pin });
  await client.post('/api/pin', { personId: ben.personId, code: '87654321', pin });
  await download(table);
  const by = (personId: string, code = pin) => ({ witness: { personId, pin: code } });
  const wrong = await handIn(table, [[0], [0, 2]], by(ben.personId, '000000'));
  expect(wrong.body['code']).toBe('witness-pin-wrong');
  expect((await handIn(table, [[0], [0, 2]], by(ann.personId))).body['code']).toBe('witness-same');
  const reply = await handIn(table, [[0], [0, 2]], by(ben.personId));
  expect(reply.body).toMatchObject({ method: 'pin-witness', passed: true });
  expect(completions(table)).toMatchObject([{ data: { witnessId: ben.personId } }]);
});

test('with faces off a quiz is handed in by PIN, and by face it is said why not', async () => {
  await using table = await openAt();
  await download(table);
  const quiz = { courseId, version: 1, attemptId: randomUUID(), answers: [[0], [0, 2]] };
  const body = { ...quiz, personId: ann.personId };
  const reply = await table.client.post('/api/course/hand-in/face', body);
  expect(reply.body['code']).toBe('face-disabled');
  expect(completions(table)).toEqual([]);
});

test('a result that the outbox cannot keep is not shown as kept', async () => {
  await using table = await openAt();
  await table.client.post('/api/pin', { personId: ann.personId, code: '12345678', pin });
  await download(table);
  await vi.waitFor(() => expect(table.terminal.facts.at(-1)?.type).toBe('course.downloaded'));
  const detail = 'The disk is full.';
  table.terminal.refuseNext({ refused: true, code: 'disk-full', detail });
  const attemptId = randomUUID();
  expect((await handIn(table, [[0], [0, 2]], { attemptId })).body['code']).toBe('disk-full');
  expect((await stateOf(table))?.tried).toEqual([]);
  expect((await handIn(table, [[0], [0, 2]], { attemptId })).body['passed']).toBe(true);
});
