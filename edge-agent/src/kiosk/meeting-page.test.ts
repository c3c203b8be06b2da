import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speak } from '@sightline/look/testing/speak';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Gallery } from '#face/gallery.ts';
import { openBuiltKiosk, type BuiltKiosk } from '#kiosk/testing/built-kiosk.ts';
import { shootMeetings } from '#kiosk/testing/meeting-scenes.ts';
import { axeFaults, fitFaults } from '#kiosk/testing/page-faults.ts';
import { scriptedEyes, scriptedFace } from '#kiosk/testing/scripted-eyes.ts';
import { kioskSizes, type ShotLanguage } from '#kiosk/testing/shoot-kiosk.ts';
import { givePin } from '#kiosk/testing/shot-stage.ts';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];
/** The walk's own language comes last, and goes on. */
const languages: readonly ShotLanguage[] = ['bo', 'en', 'zh'];

let built: BuiltKiosk;
beforeAll(async () => {
  built = await openBuiltKiosk('enrol');
  if (shotsDir !== undefined) await mkdir(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => built[Symbol.asyncDispose]());

test('a village is called, looks, enters, answers the roll call, and every page of it fits in every language', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-kiosk-'));
  const eyes = scriptedEyes();
  const gallery = await Gallery.open({ dir, model: eyes.model });
  await gallery.put(tablePeople[0].personId, scriptedFace(0).template);
  const grants = tablePeople.map(({ personId }, i) =>
    tableGrant('set-pin', personId, { code: `1000000${i}` }),
  );
  const terminal = new TableTerminal(tableTime, tableDesired({ grants }));
  await using table = await openTableKiosk({ dir, terminal, eyes, pages: built.pages });
  await givePin(table, 0);
  const page = await built.browser.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(`localStorage.setItem('sightline.language', 'zh')`);
  const broken: string[] = [];
  page.on('pageerror', (fault) => broken.push(fault.message));
  await page.goto(table.kiosk.url);
  await page.waitForSelector('.home');
  const props = { challenge: 'blink', isSample: false } as const;
  const wrong: string[] = [];
  const shoot = async (name: string): Promise<void> => {
    for (const language of languages) {
      await speak(page, language);
      for (const size of kioskSizes) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        await page.setViewportSize({ width, height });
        if (shotsDir !== undefined) {
          await page.screenshot({ path: join(shotsDir, `${name}-${size}-${language}.png`) });
        }
        const found = await fitFaults(page);
        wrong.push(...found.map((fault) => `${name} ${language} ${size} ${fault}`));
      }
    }
    wrong.push(...(await axeFaults(page)).map((fault) => `${name} ${fault}`));
  };
  await shootMeetings({ page, table, eyes, props, shoot });
  await page.close();
  await rm(dir, { recursive: true });
  expect(wrong).toEqual([]);
  expect(broken).toEqual([]);
  const said = terminal.facts.map(({ type }) => type).filter((type) => type.startsWith('meeting.'));
  expect(said).toEqual([
    'meeting.rung',
    'meeting.answered',
    'meeting.present',
    'meeting.rung',
    'meeting.answered',
    'meeting.auto-answer-set',
    'meeting.rung',
    'meeting.answered',
    'meeting.auto-answer-set',
    'meeting.rung',
    'meeting.answered',
  ]);
});
