import { chromium } from 'playwright-core';
import { within } from '#measure/within.ts';
import { limits } from '../limits.ts';
import type { Sighting } from './sightings.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const size = { width: 1920, height: 1080 } as const;

declare global {
  interface Window {
    /** Written by the observer below. */
    benchPainted?: [number, number][];
  }
}

/** The real screen page in Debian's Chromium. */
export interface Screen extends AsyncDisposable {
  /** Every position that the hive said it shows, and when it was painted. */
  painted(): Promise<readonly Sighting[]>;
  /** Waits until that position is painted. */
  shows(position: number): Promise<void>;
}

/** `link`: with its token. Resolves once the hive is painted. */
export async function openScreen(link: string): Promise<Screen> {
  await using held = new AsyncDisposableStack();
  const executablePath = '/usr/bin/chromium';
  const timeout = limits.pageMs;
  const browser = held.use(await chromium.launch({ executablePath, args: flags, timeout }));
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(timeout);
  await page.goto(link);
  await page.locator('canvas[data-as-of]').waitFor();
  await page.evaluate(observePaints);
  const owned = held.move();
  const painted = () => page.evaluate(() => window.benchPainted ?? []);
  return {
    painted: () => within(painted(), limits.settleMs, 'what the page painted'),
    async shows(position) {
      await page.waitForFunction(
        (wanted) => (window.benchPainted?.at(-1)?.[0] ?? 0) >= wanted,
        position,
        { timeout: limits.settleMs, polling: 100 },
      );
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Runs in the page. */
function observePaints(): void {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-as-of]');
  if (canvas === null) throw new Error('The screen has no hive.');
  const painted: [number, number][] = [];
  window.benchPainted = painted;
  // The attribute changes in the animation frame that draws; a message sent from there is delivered
  // after that frame was laid out, painted and handed on.
  const after = new MessageChannel();
  after.port1.addEventListener('message', ({ data }) => painted.push([Number(data), Date.now()]));
  after.port1.start();
  const tellPosition = () => after.port2.postMessage(canvas.dataset['asOf']);
  const filter = { attributes: true, attributeFilter: ['data-as-of'] };
  new MutationObserver(tellPosition).observe(canvas, filter);
}
