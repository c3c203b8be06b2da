import { join } from 'node:path';
import type { Challenge } from '@sightline/contracts';
import { fakeDevices } from '@sightline/look/testing';
import type { Page } from 'playwright-core';
import { startAgentProcess, type AgentProcess } from './agent-process.ts';
import { openBrowser } from './browser.ts';
import type { TestConstellation } from './fixture.ts';
import { openKiosk, type Kiosk } from './kiosk.ts';
import type { Village } from './village.ts';

/** For a machine that others keep busy. */
const patienceMs = 90_000;

export interface VillagePlace {
  readonly at: Village;
  /** Where its broker listens. */
  readonly house: { readonly ports: Pick<TestConstellation['ports'], 'mqtt' | 'brokerHttp'> };
  /** Folder of all terminals. */
  readonly dir: string;
  /** '' = the page owns the camera. */
  readonly camera: string;
  readonly challenge: Challenge;
}

export type OpenAgent = AgentProcess & { readonly kiosk: Kiosk };

/** A village's agent: every start is a restart with everything it kept. */
export async function startVillage({ at, house, dir, ...how }: VillagePlace): Promise<OpenAgent> {
  const agent = await startAgentProcess({
    dir: join(dir, at.terminalId),
    brokerMqttUrl: `mqtt://127.0.0.1:${house.ports.mqtt}`,
    brokerHttpUrl: `http://127.0.0.1:${house.ports.brokerHttp}`,
    enrolCode: at.enrolCode,
    ...how,
  });
  const kiosk = await openKiosk(agent.url);
  await kiosk.waitFor('people', ({ people, link }) => people.length > 0 && link.state === 'up');
  return { ...agent, kiosk };
}

export interface VillagePage extends AsyncDisposable {
  readonly page: Page;
  readonly kiosk: Kiosk;
  /** Pictures of the agent's camera that came to the page so far. */
  pictures(): number;
  /** Frames of the chair's picture that were decoded here so far. */
  seenOfChair(): Promise<number>;
}

/** A village's kiosk page in a browser of its own, with a film before the browser's camera where one is given. */
export async function openVillagePage(
  place: VillagePlace,
  film: string | null,
): Promise<VillagePage> {
  await using opening = new AsyncDisposableStack();
  const agent = opening.use(await startVillage(place));
  const browser = await openBrowser(film, fakeDevices);
  opening.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(patienceMs);
  let pictures = 0;
  page.on('websocket', (socket) => {
    if (!socket.url().endsWith('/api/kiosk')) return;
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string') pictures += 1;
    });
  });
  await page.goto(agent.url);
  const opened = opening.move();
  return {
    page,
    kiosk: agent.kiosk,
    pictures: () => pictures,
    seenOfChair: () =>
      page.evaluate(() => {
        const video = document.querySelector<HTMLVideoElement>('.pictures video');
        return video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
      }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
