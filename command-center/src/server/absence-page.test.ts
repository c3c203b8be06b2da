import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { absenceStream, type RosterSlot } from '@sightline/contracts';
import {
  addPeople,
  changeRosters,
  createAccount,
  createTerminals,
  inTransaction,
  listAbsences,
  appendAudit,
  seedDivisions,
  setCredentials,
  setPatterns,
} from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { layoutFaults } from '#testing/layout-faults.ts';
import { dailyWork, desktop, openConsole, phone, type OpenConsole } from '#testing/open-console.ts';

const village = '540235100201';
const languages = ['zh', 'bo', 'en'] as const;
const sizes = { desktop, phone };
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];
const names = ['扎西顿珠', 'བསྟན་འཛིན་རྒྱ་མཚོ།', '央金', '次仁'] as const;
const people = names.map((name) => ({
  personId: randomUUID(),
  region: village,
  name,
  post: '委员',
}));
const idOf = (n: number) => people[n]?.personId ?? '';
/** The month after this one: none of its shifts has begun. */
const first = Temporal.Now.plainDateISO('Asia/Shanghai').add({ months: 1 }).with({ day: 1 });
const dayAt = (day: number) => first.with({ day }).toString();
const security = { roles: ['security-administrator'], region: '5402' } as const;

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole(async (store) => {
    await seedDivisions(store.pool);
    const terminalId = `${village}-1`;
    await createTerminals(store, [{ terminalId, region: village, simulated: true }]);
    const now = Temporal.Now.instant();
    const change = { now, actor: 'system:test', why: 'generated' } as const;
    await addPeople(store, people, change);
    const slots = Array.from({ length: 14 }, (_, index) =>
      ['day', 'night'].map((span): RosterSlot => ({
        post: 'watch',
        shift: `${dayAt(index + 1)}/${span}`,
        personId: idOf(index % 4),
        fallbackId: idOf((index + 1) % 4),
      })),
    ).flat();
    const window = { from: dayAt(1), days: 14, posts: ['watch'] } as const;
    const every = ['workday', 'weekend', 'holiday'] as const;
    await inTransaction(store, async (client) => {
      await changeRosters(client, [{ region: village, window, slots }], change);
      await setPatterns(client, [village], {
        watch: { shifts: 'full', dayKinds: [...every], rotation: 'daily', people: null },
      });
    });
    const accountId = await createAccount(store.pool, {
      roles: ['dispatcher'],
      region: '540235100',
      now,
    });
    await setCredentials(store.pool, {
      accountId,
      login: 'township-officer',
      passwordHash: 'none',
    });
    // Asked at the kiosk: days of the second person.
    const absenceId = randomUUID();
    const asked = { absenceId, personId: idOf(1), from: dayAt(2), to: dayAt(3) };
    await new TestSource().append(store, [
      {
        region: village,
        type: 'absence.asked',
        at: now.toString({ fractionalSecondDigits: 3 }),
        stream: absenceStream(village, absenceId),
        data: { ...asked, terminalId, method: 'pin' },
      },
    ]);
  });
  if (shotsDir !== undefined) await mkdir(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

async function look(page: Page, name: string, isWide: boolean): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (shotsDir !== undefined) {
    await page.screenshot({ path: join(shotsDir, `${name}.png`), fullPage: true });
  }
  const faults = [...(await axeFaults(page)), ...(await layoutFaults(page, { isWide }))];
  return faults.map((fault) => `${name}: ${fault}`);
}

test('an officer enters an absence and approves what was asked at the kiosk; the month and the day show it', async () => {
  const page = await console.openAs(dailyWork, `/roster/${village}/${dayAt(1)}`);
  await page.getByRole('button', { name: '外出', exact: true }).click();
  await page.getByLabel('人员').selectOption({ label: '扎西顿珠 · 委员' });
  await page.getByLabel('从').fill(dayAt(5));
  await page.getByLabel('到').fill(dayAt(6));
  await page.getByRole('button', { name: '登记外出' }).click();
  await page.getByText('本人在终端报').first().waitFor();
  await page.getByRole('button', { name: '批准', exact: true }).click();
  const list = async () => {
    const entry = { who: 'system:test', what: 'absences.read', region: village };
    const now = Temporal.Now.instant();
    const receipt = await appendAudit(console.store.pool, {
      entry: { ...entry, purpose: 'roster-upkeep', subject: null },
      now,
    });
    const shown = { scope: village, openOn: null, before: null, limit: 9 };
    const rows = await listAbsences(console.store.pool, receipt, shown);
    return rows.map(({ name, state }) => `${name} ${state}`).toSorted();
  };
  await expect.poll(list).toEqual(['扎西顿珠 approved', `${names[1]} approved`].toSorted());
  await page.getByRole('button', { name: '月历' }).click();
  const cell = page.locator(`[data-day="${dayAt(5)}"]`);
  await cell.getByRole('img', { name: '人员外出' }).waitFor();
  const after = page.locator(`[data-day="${dayAt(6)}"]`);
  await expect.poll(() => after.textContent()).toContain('外出：扎西顿珠');
  await cell.click();
  await page.locator('.day-away', { hasText: '扎西顿珠' }).last().waitFor();
  await page.context().close();
}, 120_000);

test.each(languages)(
  'absences, month and day read and fit in %s, on a desk and on a telephone',
  async (language) => {
    const wrong: string[] = [];
    for (const [size, of] of Object.entries(sizes)) {
      const isWide = size === 'desktop';
      const path = `/roster/${village}/${dayAt(5)}?lang=${language}`;
      const page = await console.openAs(dailyWork, path, of);
      await page.locator('.day-pane').waitFor();
      wrong.push(...(await look(page, `roster-day-${size}-${language}`, isWide)));
      await page.goto(
        `${console.centre.url}/console/roster/${village}/${dayAt(5).slice(0, 7)}?lang=${language}`,
      );
      await page.locator('.month-grid').waitFor();
      wrong.push(...(await look(page, `roster-month-${size}-${language}`, isWide)));
      if (isWide && shotsDir !== undefined) {
        // On paper: an A4 page lying.
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 1122, height: 793 });
        await page.screenshot({ path: join(shotsDir, `roster-print-${language}.png`) });
        await page.emulateMedia({ media: 'screen' });
        await page.setViewportSize(of);
      }
      await page.locator('.filter button').nth(3).click();
      await page.locator('.absence-form').waitFor();
      wrong.push(...(await look(page, `absences-${size}-${language}`, isWide)));
      await page.context().close();
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);

test('the security administrator says which person an account is, and ends it', async () => {
  const page = await console.openAs(security, '/access');
  const card = page.locator('.card', { hasText: 'township-officer' });
  await card.getByRole('button', { name: '本人' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('村', { exact: true }).click();
  await page.keyboard.type(village);
  await page.keyboard.press('Enter');
  const row = dialog.locator('.card', { hasText: '扎西顿珠' });
  await row.waitFor();
  expect(await look(page, 'own-person', true)).toEqual([]);
  await row.getByRole('button', { name: '是此人' }).click();
  await card.getByText('已连到', { exact: false }).waitFor();
  await card.getByRole('button', { name: '本人' }).click();
  await dialog.getByRole('button', { name: '解除' }).click();
  await page.getByRole('dialog').last().getByRole('button', { name: '解除' }).click();
  await card.getByText('已连到', { exact: false }).waitFor({ state: 'detached' });
  await page.context().close();
}, 120_000);
