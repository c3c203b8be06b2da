import type { AccountRole } from '@sightline/contracts';
import { speak } from '@sightline/look/testing/speak';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { layoutFaults } from '#testing/layout-faults.ts';
import { dailyWork, openConsole, type OpenConsole } from '#testing/open-console.ts';
import { seedChecks, shownCheck } from '#testing/seed-checks.ts';
import { meetingChair, seedMeetings, shownMeetings } from '#testing/seed-meetings.ts';
import { seedCourses, shownCourse } from '#testing/seed-courses.ts';
import { seedNotices, shownNotice } from '#testing/seed-notices.ts';
import { seedConsole, shownVillage } from '#testing/seed-console.ts';
import { seedScene, tellLinks, type Scene } from '#testing/seed-scene.ts';
import type { SignedIn } from '#testing/session-cookie.ts';

/*
 * Every page of the console, in every language, at every size, empty and full: nothing sticks out or
 * is cut off, and axe-core finds nothing.
 */

const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const;
const languages = ['zh', 'bo', 'en'] as const;

const inRole = (role: AccountRole): SignedIn => ({ roles: [role], region: '5402' });
const chair: SignedIn = { ...inRole('dispatcher'), login: meetingChair };
const visits: readonly { readonly path: string; readonly who: SignedIn }[] = [
  { path: '/villages', who: dailyWork },
  { path: `/villages/${shownVillage}`, who: dailyWork },
  { path: `/roster/${shownVillage}/2026-12-02`, who: dailyWork },
  { path: `/roster/${shownVillage.slice(0, 9)}`, who: dailyWork },
  { path: `/terminals/${shownVillage}/t-${shownVillage}`, who: inRole('system-administrator') },
  { path: '/ledger', who: dailyWork },
  { path: '/organisations', who: dailyWork },
  { path: '/imports', who: dailyWork },
  { path: '/quality/5402/terminals-without-people', who: dailyWork },
  { path: '/reminders', who: dailyWork },
  { path: '/checks', who: dailyWork },
  { path: `/checks/5402/${shownCheck}`, who: dailyWork },
  { path: '/notices', who: dailyWork },
  { path: `/notices/5402/${shownNotice}`, who: dailyWork },
  { path: '/meetings', who: dailyWork },
  { path: `/meetings/5402/${shownMeetings.open}`, who: chair },
  { path: `/meetings/5402/${shownMeetings.planned}`, who: dailyWork },
  { path: `/meetings/5402/${shownMeetings.over}`, who: dailyWork },
  { path: '/courses', who: dailyWork },
  { path: `/courses/5402/${shownCourse}`, who: dailyWork },
  { path: '/trouble', who: dailyWork },
  { path: '/audit', who: inRole('audit-administrator') },
  { path: '/access', who: inRole('security-administrator') },
  { path: '/sessions', who: dailyWork },
  { path: '/audit?not=yours', who: dailyWork },
];

describe.each(['empty', 'full'] as const satisfies readonly Scene[])(
  'a console that is %s',
  (scene) => {
    let console: OpenConsole;
    /** One of everybody signed in, who goes on in it from page to page. */
    const tabs = new Map<SignedIn, Page>();
    const visit = async (who: SignedIn, path: string): Promise<Page> => {
      const open = tabs.get(who);
      const page = open ?? (await console.openAs(who, path, sizes[0]));
      tabs.set(who, page);
      if (open !== undefined) await page.goto(`${console.centre.url}/console${path}`);
      return page;
    };
    beforeAll(async () => {
      console = await openConsole(async (store) => {
        await seedScene(store, scene);
        if (scene === 'full') {
          await seedConsole(store);
          await seedChecks(store);
          await seedNotices(store);
          await seedMeetings(store);
          await seedCourses(store);
        }
      });
    }, 240_000);
    afterAll(() => console[Symbol.asyncDispose](), 90_000);

    test.each(visits)(
      '$path fits at every size in every language and axe-core finds nothing',
      async ({ path, who }) => {
        await tellLinks(console.store, scene);
        const page = await visit(who, path);
        await settle(page);
        for (const size of sizes) {
          await page.setViewportSize(size);
          for (const language of languages) {
            // By hand where the keys are seen: on a telephone they stand behind the menu.
            if (size.width === 1440) await languageKey(page, language).click();
            await speak(page, language);
            // A table drops its columns a moment after the window has shrunk.
            const faultsNow = () => layoutFaults(page, { isWide: size.width >= 1440 });
            const within = { timeout: 5_000, message: `${language}, ${size.width} px` };
            await expect.poll(faultsNow, within).toEqual([]);
            // A size has its own places, a language only its own words in them.
            if (size.width !== 1440 && (size.width !== 390 || language !== 'zh')) continue;
            const faults = await axeFaults(page);
            expect([language, size.width, ...faults]).toEqual([language, size.width]);
          }
        }
      },
      240_000,
    );
  },
);

const languageKey = (page: Page, language: string) =>
  page.locator(`.look-languages button[lang=${language}]`).first();

/** The page has asked for everything and drawn it in its own letters. */
async function settle(page: Page): Promise<void> {
  await page.locator('h1:visible, h2:visible').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
}
