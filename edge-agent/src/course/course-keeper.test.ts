import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CourseKeeper, type CourseSettings } from '#course/course-keeper.ts';
import { tableDesired, TableTerminal } from '#kiosk/testing/table-terminal.ts';
import { limits } from '#limits.ts';
import {
  hexOf,
  makeCourse,
  openCourseServer,
  testCourseSettings,
  type CourseServer,
  type MadeCourse,
} from '#testing/course-server.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const { pieceBytes } = limits.course;
const evening = '2026-11-23T13:47:20.000Z';
const midnight = '2026-11-23T16:00:00.000Z'; // 00:00 in Beijing.
const log = { info() {}, warn() {}, error() {} };

let server: CourseServer;
let dir: Awaited<ReturnType<typeof temporaryDir>>;
let terminal: TableTerminal;
beforeEach(async () => {
  server = await openCourseServer();
  dir = await temporaryDir();
  terminal = new TableTerminal(evening, tableDesired());
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

function assign(...made: readonly MadeCourse[]): void {
  for (const { files } of made) for (const [hash, bytes] of files) server.files.set(hash, bytes);
  const courses = made.map(({ course }) => course);
  const { version = 0 } = terminal.desired() ?? {};
  terminal.setDesired(tableDesired({ courses, version: version + 1 }));
}

const open = (settings: Partial<CourseSettings> = {}, where = dir.path) =>
  CourseKeeper.open({
    dir: where,
    terminal,
    brokerHttpUrl: server.url,
    settings: { ...testCourseSettings, ...settings },
    log,
    randomness: () => 0,
  });

const within = { timeout: 20_000, interval: 5 } as const;
/** Waited for by what the keeper says, never slept for. */
const until = (keeper: CourseKeeper, { course }: MadeCourse, state: string) =>
  vi.waitFor(() => expect(keeper.report(course).state).toBe(state), within);
const onDisk = (path = dir.path) => readdirSync(join(path, 'courses')).toSorted();
const hashesOf = (...made: readonly MadeCourse[]) =>
  [...new Set(made.flatMap(({ files }) => [...files.keys()]))].toSorted();
const told = () => terminal.facts.map(({ type, data }) => `${type} ${String(data['version'])}`);

/** A generator of its own, so that a failing run can be run again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

test('by day it waits; at night it fetches, checks and says so once; with a link alone', async () => {
  const made = makeCourse([randomBytes(700_000)]);
  assign(made);
  const link = terminal.state().link;
  {
    await using keeper = await open();
    await until(keeper, made, 'waiting');
    expect(keeper.library.manifest(made.course.courseId)).toBeNull();
    terminal.setState({ link: { ...link, state: 'down' } });
    expect(keeper.downloadNow()).toMatchObject({ code: 'no-link' });
    terminal.setTime(midnight);
    await until(keeper, made, 'waiting');
    expect(server.served.size).toBe(0);
    terminal.setState({ link });
    await until(keeper, made, 'ready');
    expect(keeper.report(made.course).doneBytes).toBe(made.course.bytes);
    await vi.waitFor(() => expect(told()).toEqual(['course.downloaded 1']), within);
  }
  // Again from the disk alone, without a word more.
  terminal.setState({ link: { ...link, state: 'down' } });
  await using again = await open();
  await until(again, made, 'ready');
  expect(again.library.manifest(made.course.courseId)).toEqual(made.manifest);
  expect(told()).toEqual(['course.downloaded 1']);
});

test('twenty cuts at seeded bytes: it goes on where it was, byte for byte, and fetches no piece more than once a cut', async () => {
  const random = seeded(20_261_123);
  const film = randomBytes(20 * pieceBytes + 12_345);
  const made = makeCourse([film]);
  assign(made);
  let cuts = 0;
  server.cutAfter = () => {
    if (cuts === 20 || random() < 0.4) return null;
    cuts += 1;
    return Math.floor(random() * pieceBytes);
  };
  await using keeper = await open();
  const asking = setInterval(() => {
    // Somebody asks again and again; by itself it would wait longer after each.
    if (keeper.report(made.course).state === 'failed') keeper.downloadNow();
  }, 5);
  keeper.downloadNow();
  await until(keeper, made, 'ready');
  clearInterval(asking);
  expect(cuts).toBe(20);
  const bytes = readFileSync(join(dir.path, 'courses', hexOf(film)));
  expect(bytes.equals(film)).toBe(true);
  const twice = (server.served.get(hexOf(film)) ?? 0) - film.length;
  expect(twice).toBeGreaterThanOrEqual(0);
  expect(twice).toBeLessThanOrEqual(20 * pieceBytes);
  expect(onDisk()).toEqual(hashesOf(made));
});

test('killed in the middle of a download, it goes on behind the last piece that was on the disk', async () => {
  const random = seeded(7);
  const film = randomBytes(24 * pieceBytes + 999);
  const made = makeCourse([film]);
  assign(made);
  writeFileSync(join(dir.path, 'course.json'), JSON.stringify(made.course));
  const program = new URL('../testing/download-main.ts', import.meta.url).pathname;
  let kills = 0;
  const run = async (): Promise<string> => {
    const child = spawn(process.execPath, [program, dir.path, server.url], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const pieces = 1 + Math.floor(random() * 4);
    let seen = 0;
    server.onServed = () => {
      seen += 1;
      // Somewhere between the piece's arrival and the next one.
      if (kills < 5 && seen === pieces + 1) setImmediate(() => child.kill('SIGKILL'));
    };
    await once(child, 'exit');
    if (child.signalCode === 'SIGKILL') kills += 1;
    return said;
  };
  let said = '';
  while (said === '') said = await run();
  expect([kills, said]).toEqual([5, 'ready\n']);
  expect(readFileSync(join(dir.path, 'courses', hexOf(film))).equals(film)).toBe(true);
  const twice = (server.served.get(hexOf(film)) ?? 0) - film.length;
  expect(twice).toBeLessThanOrEqual(kills * pieceBytes);
}, 120_000);

describe('a file that is not what its hash says', () => {
  test('is fetched again, whether it came wrong or went bad on the disk', async () => {
    const film = randomBytes(pieceBytes + 10);
    const made = makeCourse([film]);
    assign(made);
    server.files.set(hexOf(film), Buffer.from(film.toReversed()));
    {
      await using keeper = await open();
      keeper.downloadNow();
      await until(keeper, made, 'failed');
      expect(onDisk()).toEqual([made.course.manifest.sha256]);
      server.files.set(hexOf(film), film);
      keeper.downloadNow();
      await until(keeper, made, 'ready');
    }
    const path = join(dir.path, 'courses', hexOf(film));
    const bad = readFileSync(path);
    bad[pieceBytes] = (bad[pieceBytes] ?? 0) ^ 1;
    writeFileSync(path, bad);
    await using keeper = await open();
    await until(keeper, made, 'waiting');
    expect(keeper.library.file(made.course.courseId, hexOf(film))).toBeNull();
    keeper.downloadNow();
    await until(keeper, made, 'ready');
    expect(readFileSync(path).equals(film)).toBe(true);
  });

  test('is no course where its manifest speaks of another one', async () => {
    const made = makeCourse([]);
    const other = makeCourse([], { n: 2 });
    const course = { ...made.course, manifest: other.course.manifest, bytes: other.course.bytes };
    assign({ ...made, course, files: other.files });
    await using keeper = await open();
    keeper.downloadNow();
    await vi.waitFor(() => expect(server.served.size).toBe(1), within);
    expect(keeper.report(course).state).not.toBe('ready');
    expect(keeper.library.manifest(course.courseId)).toBeNull();
  });
});

test('a new version fetches what is new alone, and what nobody shows any more goes', async () => {
  const [shared, old, fresh] = [randomBytes(300_000), randomBytes(200_000), randomBytes(100_000)];
  const first = makeCourse([shared, old]);
  const second = makeCourse([shared, fresh], { version: 2 });
  assign(first);
  await using keeper = await open();
  keeper.downloadNow();
  await until(keeper, first, 'ready');
  assign(second);
  await until(keeper, second, 'waiting');
  keeper.downloadNow();
  await until(keeper, second, 'ready');
  await vi.waitFor(() => expect(onDisk()).toEqual(hashesOf(second)), within);
  expect(server.served.get(hexOf(shared))).toBe(shared.length);
  await vi.waitFor(
    () => expect(told()).toEqual(['course.downloaded 1', 'course.downloaded 2']),
    within,
  );
  terminal.setDesired(tableDesired({ version: 9 }));
  await vi.waitFor(() => expect(onDisk()).toEqual([]), within);
});

test('one that the centre does not hand out fails and the others come', async () => {
  const [one, other] = [makeCourse([randomBytes(9)]), makeCourse([randomBytes(9)], { n: 2 })];
  assign(one, other);
  for (const hash of one.files.keys()) server.files.delete(hash);
  await using keeper = await open();
  keeper.downloadNow();
  await until(keeper, other, 'ready');
  await until(keeper, one, 'failed');
});

test('it keeps to its share of the line', async () => {
  const made = makeCourse([randomBytes(4 * pieceBytes)]);
  assign(made);
  const beganMs = performance.now();
  await using keeper = await open({ bytesPerS: 4 * pieceBytes });
  keeper.downloadNow();
  await until(keeper, made, 'ready');
  expect(performance.now() - beganMs).toBeGreaterThan(950);
});

describe('without room', () => {
  test('what exceeds the limit for courses is not begun, and says why; a smaller one comes', async () => {
    const large = makeCourse([randomBytes(500_000)]);
    const small = makeCourse([randomBytes(50_000)], { n: 2 });
    assign(large, small);
    await using keeper = await open({ diskBytes: 400_000 });
    keeper.downloadNow();
    await until(keeper, small, 'ready');
    await until(keeper, large, 'no-space');
    expect(server.served.has([...large.files.keys()][1] ?? '')).toBe(false);
  });

  test('a full disk gives back what was begun, and a fact still finds its place', async (context) => {
    const place = join(dir.path, 'disk');
    mkdirSync(place);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', place]);
    if (mounted.status !== 0) return context.skip('mounting a tmpfs needs root');
    try {
      const made = makeCourse([randomBytes(6 * 1024 ** 2)]);
      assign(made);
      // The check beforehand is told another size, as where somebody else fills the disk meanwhile.
      await using keeper = await open({ headroomBytes: -64 * 1024 ** 2 }, place);
      keeper.downloadNow();
      await until(keeper, made, 'no-space');
      expect(onDisk(place)).toEqual([made.course.manifest.sha256]);
      writeFileSync(join(place, 'a fact'), randomBytes(1024 ** 2));
    } finally {
      execFileSync('umount', ['--lazy', place]);
    }
  });
});
