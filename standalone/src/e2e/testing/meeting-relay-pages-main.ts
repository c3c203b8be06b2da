import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fakeDevices, openBrowser } from '@sightline/look/testing';
import type { Page } from 'playwright-core';
import { planDemo } from '#demo/plan-demo.ts';
import { until } from '../edge-fixture.ts';
import { chairOf, type ChairPage } from './chair-page.ts';
import { openDeskPage } from './desk-page.ts';
import { openHouseServices } from './house-services.ts';
import { framesIn, heardIn, voiceMeters } from './meeting-eyes.ts';
import { countConnections, keepConnections, readPaths, readVoicePackets } from './meeting-paths.ts';
import type { AwayWords, RelayPages } from './relay-pages.ts';
import { equipVillage } from './village.ts';
import { openWiredHouse, type Relay } from './wired-house.ts';

/*
 * Runs in a network of its own, by `runInOwnNetwork`: the services of docker-compose.yml; a village's agent and the page
 * of its kiosk, behind a wire that lets media through by the relay alone; and the chair's page of the console. Prints
 * what they came to, one line.
 */

const patienceMs = 90_000;
/** After a time without the relay the ladder climbs from text alone, and each try that failed makes it wait longer. */
const climbMs = 240_000;
const kioskSize = { width: 1366, height: 768 };
const [region = ''] = planDemo(1).map((village) => village.region);
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

interface Pages {
  readonly kiosk: Page;
  readonly chair: ChairPage;
}

process.stdout.write(`${JSON.stringify(await meet())}\n`);

async function meet(): Promise<RelayPages> {
  await using house = await openWiredHouse({ isRelayed: true });
  await using services = await openHouseServices(house);
  house.net.dropUdp();
  house.net.dropTcp(services.mediaPorts);
  await using browsers = new AsyncDisposableStack();
  const open = async (program?: string) => {
    const browser = await openBrowser([...fakeDevices, house.trust], program);
    browsers.defer(() => browser.close());
    return browser;
  };
  const { enrolCode } = await equipVillage(services.store, region);
  const link = await services.startAgent(enrolCode);
  const kiosk = await (await open(house.program)).newPage({ viewport: kioskSize });
  await watched(kiosk);
  await kiosk.goto(link);
  await kiosk.waitForSelector('.home');
  const account = { login: 'chair', region: '5402', roles: ['dispatcher'] } as const;
  const desk = await watched(await openDeskPage(await open(), services, account));
  return await holdMeeting({ kiosk, chair: chairOf(desk) }, house.relay);
}

async function watched(page: Page): Promise<Page> {
  page.setDefaultTimeout(patienceMs);
  await page.addInitScript(keepConnections);
  await page.addInitScript(voiceMeters);
  return page;
}

async function holdMeeting(pages: Pages, relay: Relay): Promise<RelayPages> {
  const { kiosk, chair } = pages;
  const calledMs = performance.now();
  await goIn(pages);
  const seen = await bothSee(pages);
  const beganMs = performance.now();
  const voices = await bothHear(pages);
  const villagePaths = await kiosk.evaluate(readPaths);
  await shoot(pages, 'in-the-room');
  // Time without the relay; and until both saw each other again.
  let [awayMs, outMs] = [0, 0];
  const without = async (meanwhile: () => Promise<void>): Promise<number> => {
    const killedMs = performance.now();
    await relay.kill();
    await meanwhile();
    await relay.start();
    const startedMs = performance.now();
    awayMs += startedMs - killedMs;
    await bothSee(pages);
    outMs += performance.now() - killedMs;
    return (performance.now() - startedMs) / 1000;
  };
  const backAfterKillS = await without(async () => undefined);
  const away: AwayWords[] = [];
  const backAfterAwayS = await without(async () => {
    for (const language of ['zh', 'bo', 'en']) away.push(await sayAway(pages, language));
    await enterInVain(kiosk);
  });
  await shoot(pages, 'back');
  const endedMs = performance.now();
  const [leastMs, mostMs] = [endedMs - beganMs - outMs, endedMs - calledMs - awayMs];
  await chair.end();
  await until('the village has left', async () => !(await venue(chair)).isInRoom, patienceMs);
  const { presentMs, rejoins } = await venue(chair);
  const attendance = { presentMs, rejoins, leastMs, mostMs };
  return { villagePaths, seen, ...voices, backAfterKillS, away, backAfterAwayS, attendance };
}

/** The chair calls; the village answers, looks at itself, goes in and opens its microphone. */
async function goIn({ kiosk, chair }: Pages): Promise<void> {
  await chair.call([region]);
  await kiosk.locator('.ring-tiles .tile').first().click();
  await kiosk.locator('.device-picture video').waitFor();
  await kiosk.locator('.device-check > .tile').click();
  await kiosk.locator('.meeting-key').first().click();
}

/** Waits until each decodes so many frames more of the other; a picture that begins anew counts from 0. */
async function bothSee({ kiosk, chair }: Pages): Promise<RelayPages['seen']> {
  const [byVillage, byChair] = await Promise.all([
    moreFrames('the village sees', () => framesIn(kiosk, '.pictures video')),
    moreFrames('the chair sees', async () => (await chair.seen(region))?.frames ?? 0),
  ]);
  return { byVillage, byChair };
}

async function moreFrames(what: string, frames: () => Promise<number>): Promise<number> {
  let [last, more] = [await frames(), 0];
  const isSeen = async (): Promise<boolean> => {
    const now = await frames();
    more += now < last ? now : now - last;
    last = now;
    return more > 20;
  };
  await until(what, isSeen, climbMs);
  return more;
}

/** Waits until packets of voices have come at both, and are loud. */
async function bothHear({ kiosk, chair }: Pages): Promise<Pick<RelayPages, 'voices' | 'loudest'>> {
  const [village, desk] = await Promise.all([kiosk, chair.page].map(hears));
  if (village === undefined || desk === undefined) throw new Error('Two pages are asked.');
  return {
    voices: { village: village.packets, chair: desk.packets },
    loudest: { atVillage: village.loudest, atChair: desk.loudest },
  };
}

async function hears(page: Page) {
  const before = await page.evaluate(readVoicePackets);
  let [packets, loudest] = [before, 0];
  const isHeard = async (): Promise<boolean> => {
    const now = await page.evaluate(readVoicePackets);
    packets = { sent: now.sent - before.sent, received: now.received - before.received };
    loudest = Math.max(0, ...Object.values((await heardIn(page)).loud));
    return packets.sent > 50 && packets.received > 50 && loudest > 0.01;
  };
  await until('voices are heard', isHeard, patienceMs);
  return { packets, loudest };
}

/** What the kiosk says in a language while media finds no way; the first is the one that it stood in. */
async function sayAway(pages: Pages, language: string): Promise<AwayWords> {
  const { kiosk } = pages;
  const fromMs = performance.now();
  if (language !== 'zh') await kiosk.locator(`.look-languages [lang="${language}"]`).click();
  const banner = kiosk.locator('.way-banner');
  await banner.waitFor();
  const afterS = (performance.now() - fromMs) / 1000;
  await shoot(pages, `relay-away-${language}`);
  const words = await banner.innerText();
  // A video without a way is black.
  const videos = await kiosk.locator('.pictures video').count();
  return { language, afterS, words, videos };
}

/** Waits until the page has entered anew twice, two connections each, and found no way. */
async function enterInVain(kiosk: Page): Promise<void> {
  const made = () => kiosk.evaluate(countConnections);
  const before = await made();
  await until('the village enters anew', async () => (await made()) >= before + 4, patienceMs);
}

async function venue(chair: ChairPage) {
  const found = await chair.venue(region);
  if (found === undefined) throw new Error(`${region} was not called.`);
  return found;
}

async function shoot({ kiosk, chair }: Pages, name: string): Promise<void> {
  if (shotsDir === undefined) return;
  await mkdir(shotsDir, { recursive: true });
  await kiosk.screenshot({ path: join(shotsDir, `${name}-kiosk.png`) });
  await chair.page.screenshot({ path: join(shotsDir, `${name}-chair.png`) });
}
