import type { Page } from 'playwright-core';
import { hivePage } from './hive-page.ts';
import { openBrowser } from './open-browser.ts';
import { serveSource } from './serve-source.ts';

/**
 * Forked by `npm run bench -- hive`: the hive in Chromium without a graphics card, 1000 × 800 CSS pixels,
 * with CELLS villages of which CHANGESPERS a second change, for RUNMS. Sends one HiveRun and ends.
 */
const [cells = 1693, changesPerS = 500, runMs = 10_000] = process.argv.slice(2).map(Number);

interface HiveRun {
  /** Animation frames a second in which changes were painted. */
  readonly framesPerS: number;
  /** Time between two such frames, in ms. */
  readonly gapsMs: readonly number[];
  /** From a change being handed over to the task after its frame, in ms. */
  readonly paintedMs: readonly number[];
  readonly changes: number;
}

await using server = await serveSource(hivePage);
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await page.goto(`${server.url}?cells=${cells}`);
  await page.waitForFunction('window.isReady');
  await page.evaluate(
    `show(layout.villages.map(({ code }) => [code, { status: 'online', onDuty: true }]))`,
  );
  process.send?.(await drive(page));
} finally {
  await browser.close();
}

/** The page's clock hands over what is due by now, one frame a change, and so falls behind never. */
async function drive(page: Page): Promise<HiveRun> {
  return await page.evaluate<HiveRun>(`(async () => {
    const statuses = ['online', 'stale', 'offline', 'unknown'];
    const paintedMs = [];
    const frames = [];
    const startedAt = performance.now();
    let made = 0;
    let lastShown = 0;
    const change = () => {
      const place = layout.villages[(made * 101) % layout.villages.length];
      const cell = { status: statuses[made % 4], onDuty: made % 9 > 0 };
      const at = performance.now();
      made += 1;
      hive.applyFrame({ to: made + 1, cells: new Map([[place.code, cell]]) }, () => paintedMs.push(performance.now() - at));
    };
    const onFrame = () => {
      if (paintedMs.length > lastShown) frames.push(performance.now());
      lastShown = paintedMs.length;
    };
    for (let now = startedAt; now - startedAt < ${runMs}; now = performance.now()) {
      while (made < ((now - startedAt) * ${changesPerS}) / 1000) change();
      await new Promise((resolve) => setTimeout(resolve, 1));
      onFrame();
    }
    const elapsedS = (performance.now() - startedAt) / 1000;
    while (paintedMs.length < made) await new Promise(requestAnimationFrame);
    const gapsMs = frames.slice(1).map((at, index) => at - frames[index]);
    return { framesPerS: frames.length / elapsedS, gapsMs, paintedMs, changes: made };
  })()`);
}
