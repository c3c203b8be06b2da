import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addPeople, createTerminal, readDesired } from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFilm } from '#testing/make-media.ts';
import { openConsole, type OpenConsole } from '#testing/open-console.ts';
import { equippedVillages, seedScene } from '#testing/seed-scene.ts';

const [village = ''] = equippedVillages().filter((one) => one.startsWith('540235'));
const terminalId = `c-${village}`;
const personId = '0190a5d4-0000-7000-8000-0000000000a1';
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

let console: OpenConsole;
let source: TestSource;
beforeAll(async () => {
  source = new TestSource();
  console = await openConsole(async (store) => {
    await seedScene(store, 'empty');
    const now = Temporal.Now.instant();
    await createTerminal(store, { terminalId, region: village, simulated: true });
    await store.pool.query(
      `insert into terminal_source (source, terminal_id, public_key, enrolled_at)
       values ($1, $2, '', $3)`,
      [source.source, terminalId, now.toString()],
    );
    const person = { personId, region: village, name: '扎西顿珠', post: '' };
    await addPeople(store, [person], { now, actor: 'system:test' });
  });
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

test('a course is written with a film and a quiz, published, assigned, followed by village, and its results opened by name', async () => {
  const page = await console.openAs({ roles: ['registrar'], region: '540235' }, '/courses');
  const shoot = async (name: string): Promise<void> => {
    if (shotsDir !== undefined) await page.screenshot({ path: join(shotsDir, `${name}.png`) });
  };
  await page.getByText('还没有课程').waitFor();
  await page.keyboard.press('n');
  await page.getByText('还没有课程名称').waitFor();
  await page.getByLabel('课程名称').fill('森林草原防火');
  await page.getByRole('button', { name: '加一段录像' }).click();
  await page.getByLabel('第 1 课的标题').fill('灭火器的使用');
  const choose = page.locator('.file-choose input');
  const file = { mimeType: 'video/mp4', name: '灭火器.mp4' };
  await choose.setInputFiles({ ...file, buffer: Buffer.from('<html>no film</html>') });
  await page.getByText('这个文件不能用').waitFor();
  const damaged = Buffer.from('\0\0\0\u0018ftypisom and nothing else');
  await choose.setInputFiles({ ...file, buffer: damaged });
  await page.getByText('这段录像读不出来').waitFor();
  const film = await makeFilm({ kind: 'webm', size: '640x360', seconds: 1 });
  await choose.setInputFiles({ ...file, buffer: film });
  await page.getByText(/灭火器.mp4 · 0.\d MB/).waitFor();
  await page.getByRole('button', { name: '加一题' }).click();
  await page.getByLabel('第 1 题', { exact: true }).fill('发现火情，先做什么？');
  await page.getByLabel('第 1 题的选项 1', { exact: true }).fill('按求助按钮报告');
  await page.getByLabel('第 1 题的选项 2', { exact: true }).fill('自己进火场');
  await page.getByText('第 1 题没有勾选对的选项').waitFor();
  await page.getByLabel('第 1 题的选项 1 是对的').check();
  await page.getByText('可以发布').waitFor();
  await shoot('console-course-write');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('有改动未保存').waitFor({ state: 'detached' });
  await page.locator('.ant-modal-close').click();
  await page.getByRole('button', { name: '预览' }).click();
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  await shoot('console-course-preview-film');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('.quiz-option[aria-pressed="true"]', { hasText: '按求助按钮报告' }).waitFor();
  expect(await page.locator('.quiz-option[aria-pressed="true"]').count()).toBe(1);
  await shoot('console-course-preview-question');
  await page.locator('.ant-modal-close').click();
  await page.getByRole('button', { name: '发布' }).click();
  await page.locator('.ant-modal-confirm-title', { hasText: '发布第 1 版？' }).waitFor();
  await page.locator('.ant-modal-confirm-btns .ant-btn-primary').click();
  await page.getByText('第 1 版').first().waitFor();
  await page.getByRole('button', { name: '布置' }).click();
  await page.getByText('将布置到 1 个村').waitFor();
  await shoot('console-course-assign');
  await page.getByRole('button', { name: '布置到 1 个村' }).click();
  await page.locator('[data-course="1/0/0/0"]').waitFor();
  const courseId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { courses } = (await readDesired(console.store.pool, terminalId)) ?? {};
  expect(courses).toMatchObject([{ courseId, title: '森林草原防火', questions: 1 }]);

  const ofVersion = { courseId, version: 1, terminalId };
  const attempt = {
    attemptId: randomUUID(),
    personId,
    method: 'pin',
    score: 1,
    of: 1,
    passed: true,
  };
  const at = '2020-01-01T00:00:00.000Z';
  await source.append(console.store, [
    { region: village, type: 'course.downloaded', at, data: ofVersion },
    { region: village, type: 'course.completed', at, data: { ...ofVersion, ...attempt } },
  ]);
  // The page is read again until the projector has followed.
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.locator('[data-course]').first().getAttribute('data-course');
      },
      { timeout: 30_000 },
    )
    .toBe('1/1/1/1');
  await shoot('console-course');
  await page.getByRole('button', { name: '看成绩' }).click();
  await page.getByText('扎西顿珠').waitFor();
  await page.getByText('1 / 1', { exact: false }).first().waitFor();
  await shoot('console-course-results');
  await page.locator('.ant-modal-close').click();
  await page.getByRole('button', { name: '撤回' }).click();
  await page.locator('.ant-modal-confirm-btns .ant-btn-primary').click();
  await page.getByText('已撤回').first().waitFor();
  await page.context().close();
}, 180_000);
