import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { desiredOf, press, stagePin, type Stage } from '#kiosk/testing/shot-stage.ts';
import { makeCourse, type MadeCourse } from '#testing/course-server.ts';

/** A second of a test pattern, WebM; made with ffmpeg in a folder of the caller's. */
export function makeFilm(dir: string): Buffer {
  const file = join(dir, 'film.webm');
  const from = ['-f', 'lavfi', '-i', 'testsrc=size=640x360:rate=10', '-t', '1'];
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...from, '-c:v', 'libvpx', file]);
  const film = readFileSync(file);
  rmSync(file);
  return film;
}

/** A grey picture, PNG. */
export function makePicture(dir: string): Buffer {
  const file = join(dir, 'picture.png');
  const from = ['-f', 'lavfi', '-i', 'color=c=gray:size=640x360', '-frames:v', '1'];
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...from, file]);
  const picture = readFileSync(file);
  rmSync(file);
  return picture;
}

/** Two courses: one that lies on the terminal's disk, one that waits for the night. */
export function layCourses(dir: string): readonly [MadeCourse, MadeCourse] {
  const here = makeCourse([makeFilm(dir)], { picture: makePicture(dir) });
  const later = makeCourse([Buffer.alloc(90_000)], {
    n: 2,
    title: '防汛抢险与人员转移安置：村级终端操作和上报要领',
  });
  mkdirSync(join(dir, 'courses'), { recursive: true });
  for (const [hash, bytes] of here.files) writeFileSync(join(dir, 'courses', hash), bytes);
  return [here, later];
}

/** 课程: the list, a film, a page, a quiz that fails and one that passes. */
export async function shootCourses({ page, table, shoot }: Stage): Promise<void> {
  const before = desiredOf(table);
  const [here, later] = layCourses(table.dir);
  const courses = [{ ...here.course, due: '2026-12-31' }, later.course];
  table.terminal.setDesired({ ...before, version: before.version + 1, courses });
  await page.waitForSelector('.courses-link');
  await shoot('home-courses');
  await page.click('.courses-link');
  await page.waitForSelector('.course-ready');
  await shoot('courses');
  await press(page, '.notice-line', 1);
  await page.waitForSelector('.page-note');
  await shoot('course-waiting');
  await page.click('.back');
  await press(page, '.notice-line', 0);
  await page.waitForSelector('.course-lessons');
  await shoot('course');
  await press(page, '.course-lessons button', 0);
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  await shoot('course-film');
  await page.click('.lesson > .tile');
  await page.waitForSelector('.lesson-text img');
  await shoot('course-page');
  await page.click('.lesson > .tile');
  await shootQuiz({ page, shoot }, { name: 'failed', rights: [] });
  await page.click('.result-ways .tile-main');
  await page.waitForSelector('.course-lessons');
  await page.click('.page > .tile');
  await shootQuiz({ page, shoot }, { name: 'passed', rights: [0, 2] });
  await press(page, '.result-ways .tile', 0);
  await page.waitForSelector('.home');
  table.terminal.setDesired({ ...before, version: before.version + 2 });
  await page.waitForSelector('.courses-link', { state: 'detached' });
}

async function shootQuiz(
  { page, shoot }: Pick<Stage, 'page' | 'shoot'>,
  { name, rights }: { readonly name: string; readonly rights: readonly number[] },
): Promise<void> {
  await page.waitForSelector('.person');
  await shoot(`course-who-${name}`);
  await press(page, '.person', 0);
  await page.waitForSelector('.quiz-options');
  await press(page, '.quiz-option', 0);
  await page.click('.quiz > .tile');
  await page.locator('.quiz .tile-main').waitFor();
  for (const option of rights) await press(page, '.quiz-option', option);
  await shoot(`quiz-${name}`);
  await page.click('.quiz > .tile');
  await page.waitForSelector('.person-ways');
  await shoot(`quiz-hand-in-${name}`);
  await page.locator('.person-ways .tile').nth(-2).click();
  await page.waitForSelector('.pad');
  await page.keyboard.type(stagePin);
  await page.waitForSelector('.result');
  await shoot(`quiz-result-${name}`);
}
