import type { Page } from 'playwright-core';
import { hivePage } from './hive-page.ts';
import { openBrowser } from './open-browser.ts';
import { serveSource } from './serve-source.ts';

/**
 * `node look/src/testing/bench-hive-main.ts`: the hive in Chromium without a graphics card, 1000 × 800
 * CSS pixels. Times run from handing cells over to their being painted, the wait for the next animation
 * frame included; each frame is handed over when the one before is on the canvas.
 */
const framesPerRun = 90;

interface Run {
  readonly framesPerS: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

await using server = await serveSource(hivePage);
const browser = await openBrowser();
try {
  for (const cells of [1693, 10_000]) {
    for (const ratio of [1, 2]) await measure(cells, ratio);
  }
} finally {
  await browser.close();
}

async function measure(cells: number, ratio: number): Promise<void> {
  const viewport = { width: 1000, height: 800 };
  const page = await browser.newPage({ viewport, deviceScaleFactor: ratio });
  await page.goto(`${server.url}?cells=${cells}`);
  await page.waitForFunction('window.isReady');
  for (const changed of [10, 100, cells]) await report(page, { cells, ratio, changed });
  await page.close();
}

async function report(
  page: Page,
  how: { readonly cells: number; readonly ratio: number; readonly changed: number },
): Promise<void> {
  const run = await page.evaluate<Run>(`(async () => {
    const statuses = ['online', 'stale', 'offline', 'unknown'];
    const times = [];
    const startedAt = performance.now();
    for (let frame = 0; frame < ${framesPerRun}; frame += 1) {
      const cells = Array.from({ length: ${how.changed} }, (_, index) => {
        const place = layout.villages[(frame * 31 + index * 7) % layout.villages.length];
        return [place.code, { status: statuses[(frame + index) % 4], onDuty: index % 9 > 0 }];
      });
      const before = performance.now();
      await show(cells, frame);
      times.push(performance.now() - before);
    }
    const framesPerS = ${framesPerRun} / ((performance.now() - startedAt) / 1000);
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.floor(times.length * share)];
    return { framesPerS, p50Ms: at(0.5), p99Ms: at(0.99) };
  })()`);
  process.stdout.write(
    `${how.cells} cells, ratio ${how.ratio}, ${how.changed} changed a frame: ` +
      `${run.framesPerS.toFixed(0)} frames/s, p50 ${run.p50Ms.toFixed(1)} ms, p99 ${run.p99Ms.toFixed(1)} ms\n`,
  );
}
