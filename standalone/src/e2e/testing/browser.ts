import { filmedCamera, openBrowser as launch } from '@sightline/look/testing';
import type { Browser, Page } from 'playwright-core';
import { until } from '../edge-fixture.ts';

const restMs = 1_000;
/** What the browser itself would ask the Internet for: names are not looked up at all. */
const offline = [
  '--disable-features=MediaRouter,DialMediaRouteProvider,OptimizationHints',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** The system's Chromium; with a film before its camera where one is given. */
export function openBrowser(
  film: string | null = null,
  flags: readonly string[] = [],
): Promise<Browser> {
  return launch([...offline, ...(film === null ? [] : filmedCamera(film)), ...flags]);
}

/** What of the hive differs between two moments, in CSS pixels. */
export interface PaintedBox {
  readonly pixels: number;
  readonly width: number;
  readonly height: number;
}

/** The log position that the painted hive shows. */
export async function paintedTo(page: Page): Promise<number> {
  return Number(await page.locator('canvas[data-as-of]').getAttribute('data-as-of'));
}

/** Keeps the picture of the hive, to compare with later, once letters and pulses have come to rest. */
export async function rememberHive(page: Page): Promise<void> {
  const isAtRest = async (): Promise<boolean> => {
    await keepHive(page);
    await page.waitForTimeout(restMs);
    return (await paintedSince(page)).pixels === 0;
  };
  await until('the hive is at rest', isAtRest, 60_000);
}

async function keepHive(page: Page): Promise<void> {
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-as-of]');
    const pen = canvas?.getContext('2d');
    if (!canvas || !pen) throw new Error('There is no painted hive.');
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    Object.assign(globalThis, { hiveBefore: data });
  });
}

/** The box around everything that was painted differently since `rememberHive`. */
export function paintedSince(page: Page): Promise<PaintedBox> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-as-of]');
    const pen = canvas?.getContext('2d');
    const before = (globalThis as { hiveBefore?: Uint8ClampedArray }).hiveBefore;
    if (!canvas || !pen || before === undefined) throw new Error('There is no painted hive.');
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const box = { pixels: 0, left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    const far = (at: number): number => Math.abs((data[at] ?? 0) - (before[at] ?? 0));
    for (let at = 0; at < data.length; at += 4) {
      // Edges that are drawn again differ by a shade; a cell that changed is of another colour.
      if (far(at) + far(at + 1) + far(at + 2) < 60) continue;
      const x = (at / 4) % canvas.width;
      const y = Math.floor(at / 4 / canvas.width);
      box.pixels += 1;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
    return {
      pixels: box.pixels,
      width: box.right - box.left + 1,
      height: box.bottom - box.top + 1,
    };
  });
}
