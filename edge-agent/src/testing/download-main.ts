import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { TerminalCourse } from '@sightline/contracts';
import { CourseKeeper } from '#course/course-keeper.ts';
import { tableDesired, TableTerminal } from '#kiosk/testing/table-terminal.ts';
import { testCourseSettings } from '#testing/course-server.ts';

// A process that fetches the course in `course.json` from a server and says "ready" when it is here
// whole. A test kills it in the middle and begins again.
const [dir = '', brokerHttpUrl = ''] = process.argv.slice(2);
// Written by the test that began this process.
const course = JSON.parse(readFileSync(join(dir, 'course.json'), 'utf8')) as TerminalCourse;
const terminal = new TableTerminal('2026-11-23T13:47:20.000Z', tableDesired({ courses: [course] }));
const log = { info() {}, warn() {}, error() {} };
const keeper = await CourseKeeper.open({
  dir,
  terminal,
  brokerHttpUrl,
  settings: testCourseSettings,
  log,
});
const running = setInterval(() => undefined, 1_000); // The keeper alone keeps no process alive.
await new Promise<void>((resolve) => {
  const look = (): void => {
    if (keeper.report(course).state === 'ready') resolve();
  };
  keeper.onChange(look);
  keeper.downloadNow();
});
clearInterval(running);
writeSync(1, 'ready\n');
await keeper[Symbol.asyncDispose]();
