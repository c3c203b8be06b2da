import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packRoster } from '@sightline/contracts';
import type { Page } from 'playwright-core';
import { openPageCamera } from '#camera/page-camera.ts';
import { Gallery } from '#face/gallery.ts';
import { openBrowser } from '#kiosk/testing/open-browser.ts';
import { scriptedEyes, scriptedFace } from '#kiosk/testing/scripted-eyes.ts';
import { shootScenes } from '#kiosk/testing/shot-scenes.ts';
import { markFrames, type Stage } from '#kiosk/testing/shot-stage.ts';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

export type ShotLanguage = 'zh' | 'bo' | 'en';

export interface ShotOptions {
  readonly languages?: readonly ShotLanguage[];
  /** `1080x1920` and the like. */
  readonly sizes?: readonly string[];
  readonly onShot?: (file: string) => void;
}

export interface KioskWalk {
  readonly page: Page;
  readonly language: ShotLanguage;
  /** The built page; the package's own when not given. */
  readonly pages?: string;
}

/** The first person's duties up to the stage's evening: as many as stand on the smallest screen unscrolled. */
const stageRoster = packRoster(
  [
    '2026-11-17/day',
    '2026-11-19/night',
    '2026-11-21/day',
    '2026-11-21/night',
    '2026-11-23/day',
  ].map((shift, index) => ({
    post: index % 2 === 0 ? ('watch' as const) : ('lead' as const),
    shift,
    personId: tablePeople[0].personId,
    fallbackId: null,
  })),
  { from: '2026-11-16', days: 8, posts: ['lead', 'watch'] },
);

export const kioskSizes = ['1080x1920', '1920x1080', '1366x768'] as const;

/**
 * Takes pictures of every state of the kiosk in `dir`, as `kiosk-<state>-<size>-<language>.png`.
 * The page must be built. Needs Chromium, ffmpeg and the test footage.
 */
export async function shootKiosk(dir: string, options: ShotOptions = {}): Promise<void> {
  await mkdir(dir, { recursive: true });
  const { languages = ['zh', 'bo', 'en'], sizes = kioskSizes, onShot } = options;
  await using opened = await openBrowser('enrol');
  for (const size of sizes) {
    for (const language of languages) {
      const [width = 0, height = 0] = size.split('x').map(Number);
      const page = await opened.browser.newPage({ viewport: { width, height } });
      await walkKiosk({ page, language }, async (name) => {
        const file = join(dir, `kiosk-${name}-${size}-${language}.png`);
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        await page.screenshot({ path: file });
        onShot?.(file);
      });
      await page.close();
    }
  }
}

/**
 * Goes through every state of the kiosk in an empty page of a browser whose camera plays `enrol`, and
 * stands still at each for `shoot`. Everybody may set a PIN; the faces of the first and the last one
 * are enrolled.
 */
export async function walkKiosk(
  { page, language, pages }: KioskWalk,
  shoot: (name: string) => Promise<void>,
): Promise<void> {
  await page.addInitScript(`localStorage.setItem('sightline.language', '${language}')`);
  await page.addInitScript(markFrames);
  const eyes = scriptedEyes();
  const dir = await mkdtemp(join(tmpdir(), 'sightline-shots-'));
  const gallery = await Gallery.open({ dir, model: eyes.model });
  await gallery.put(tablePeople[0].personId, scriptedFace(0).template);
  await gallery.put(tablePeople[5].personId, scriptedFace(2).template);
  const grants = tablePeople.flatMap(({ personId }, i) => [
    tableGrant('set-pin', personId, { code: `1000000${i}` }),
    tableGrant('enrol-face', personId, { code: `2000000${i}` }),
  ]);
  const terminal = new TableTerminal(tableTime, tableDesired({ grants, roster: stageRoster }));
  const props: Stage['props'] = { challenge: 'blink', isSample: false };
  const camera = Object.defineProperty({ ...openPageCamera() }, 'isSample', {
    get: () => props.isSample,
  });
  const challenge = () => props.challenge;
  const built = pages === undefined ? {} : { pages };
  await using table = await openTableKiosk({ dir, terminal, eyes, camera, challenge, ...built });
  await shootScenes({ page, table, eyes, props, shoot });
  await rm(dir, { recursive: true });
}
