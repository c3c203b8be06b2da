import { randomUUID } from 'node:crypto';
import { venueSeat, type MeetingAct, type MeetingVenue } from '@sightline/contracts';
import { fakeDevices } from '@sightline/look/testing';
import type { Page } from 'playwright-core';
import { until } from '../edge-fixture.ts';
import { openBrowser } from './browser.ts';

const prefecture = '5402';
const patienceMs = 60_000;

/** The console's room in Chromium, at the chair of a meeting. */
export interface ChairPage {
  readonly page: Page;
  /** Calls these villages, puts them on the air, and goes into the room with a fake camera. */
  call(regions: readonly string[]): Promise<string>;
  act(act: MeetingAct): Promise<void>;
  /** For all. */
  end(): Promise<void>;
  venue(region: string): Promise<MeetingVenue | undefined>;
  /** Frames of a village's picture that were decoded here, and how large they are; null = no moving picture. */
  seen(region: string): Promise<SeenPicture | null>;
  /** Colours of the village's picture: in the band where a recording is named, and right below it. */
  band(region: string): Promise<Record<'inside' | 'below', Colours>>;
  /** Resolves once so many more frames of that village were decoded here. */
  untilSeen(region: string, frames?: number): Promise<SeenPicture>;
}

/** Shares of all pixels. */
export interface Colours {
  readonly dark: number;
  readonly yellow: number;
}

export interface SeenPicture {
  readonly frames: number;
  readonly widthPx: number;
}

/** Signs in by the link, with a login and password of one's own. */
export async function openChair(signInLink: string): Promise<ChairPage & AsyncDisposable> {
  await using opening = new AsyncDisposableStack();
  const browser = await openBrowser(null, fakeDevices);
  opening.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(signInLink);
  await page.getByLabel('登录名').fill('dispatcher');
  await page.getByLabel('密码', { exact: true }).fill('a long enough password');
  await page.getByLabel('再输入一次密码').fill('a long enough password');
  await page.getByRole('button', { name: '完成并进入' }).click();
  await page.waitForURL(/\/console\/(?!#)/);
  await page.locator('nav').first().waitFor();
  const owned = opening.move();
  return { ...chairOf(page), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** A page of the console whose account may hold meetings in the prefecture. */
export function chairOf(page: Page): ChairPage {
  let meetingId = '';
  const act = (what: MeetingAct) => post(page, `/api/meetings/${meetingId}/act`, { act: what });
  const seen = (region: string) => page.evaluate(seenIn, venueSeat(region));
  return {
    page,
    async call(regions) {
      meetingId = randomUUID();
      await post(page, '/api/meetings', {
        meetingId,
        kind: 'meeting',
        title: '防雪调度',
        region: prefecture,
        invite: regions,
        withUpperVenues: false,
        startsAt: null,
        ringSeconds: 600,
        isRemoteOpening: false,
      });
      await act({ act: 'set-on-air', seats: regions.map(venueSeat) });
      await page.goto(new URL(`/console/meetings/${prefecture}/${meetingId}`, page.url()).href);
      await page.getByRole('button', { name: '检查设备并进入' }).click();
      await page.getByRole('button', { name: '进入会议', exact: true }).click();
      await page.locator('.own.is-in').waitFor();
      return meetingId;
    },
    act,
    async venue(region) {
      const venues = await get<readonly MeetingVenue[]>(page, `/api/meetings/${meetingId}/venues`);
      return venues.find(({ seatId }) => seatId === venueSeat(region));
    },
    seen,
    band: (region) => page.evaluate(coloursIn, venueSeat(region)),
    async untilSeen(region, frames = 20) {
      const before = (await seen(region))?.frames ?? 0;
      let now: SeenPicture | null = null;
      const isMore = async () => {
        now = await seen(region);
        return now !== null && now.frames >= before + frames;
      };
      await until(`${frames} frames of ${region}`, isMore, patienceMs);
      return now ?? { frames: 0, widthPx: 0 };
    },
    end: () => post(page, `/api/meetings/${meetingId}/end`, {}),
  };
}

/** In the page: the village's picture on the stage. */
function seenIn(seatId: string): SeenPicture | null {
  const video = document.querySelector<HTMLVideoElement>(`.stage [data-seat="${seatId}"] video`);
  if (video === null) return null;
  return { frames: video.getVideoPlaybackQuality().totalVideoFrames, widthPx: video.videoWidth };
}

/** In the page: how dark and how yellow the picture is. */
function coloursIn(seatId: string): Record<'inside' | 'below', Colours> {
  const video = document.querySelector<HTMLVideoElement>(`.stage [data-seat="${seatId}"] video`);
  if (video === null) throw new Error('There is no picture.');
  const { videoWidth: width, videoHeight: height } = video;
  const pen = new OffscreenCanvas(width, height).getContext('2d');
  if (pen === null) throw new Error('There is no canvas.');
  pen.drawImage(video, 0, 0);
  const rows = Math.round(height * 0.08);
  const of = (from: number): Colours => {
    const { data } = pen.getImageData(0, Math.round(height * from), width, rows);
    let [dark, yellow] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      if (red + green + blue < 150) dark += 1;
      if (red > 150 && green > 110 && blue < 110) yellow += 1;
    }
    const pixels = width * rows;
    return { dark: dark / pixels, yellow: yellow / pixels };
  };
  return { inside: of(0.15), below: of(0.26) };
}

/** As the console asks: with its own session, from its own page. */
async function post(page: Page, path: string, body: object): Promise<void> {
  const status = await page.evaluate(
    async ([to, content, key]) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      return (await fetch(to, { method: 'POST', headers, body: content })).status;
    },
    [path, JSON.stringify(body), randomUUID()] as const,
  );
  if (status !== 201) throw new Error(`POST ${path}: HTTP ${status}.`);
}

async function get<T>(page: Page, path: string): Promise<T> {
  // Our own centre, typed by the contract.
  return (await page.evaluate(async (from) => (await fetch(from)).json(), path)) as T;
}
