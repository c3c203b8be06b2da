import type { CDPSession, Page } from 'playwright-core';

/** What a page keeps after its garbage is gone. */
export interface PageMemory {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Asks the browser itself; ends with the page. */
export async function openMemoryGauge(page: Page): Promise<() => Promise<PageMemory>> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Performance.enable');
  await browser.send('HeapProfiler.enable');
  return () => readMemory(browser);
}

async function readMemory(browser: CDPSession): Promise<PageMemory> {
  // What only finalizers let go of goes with the second.
  await browser.send('HeapProfiler.collectGarbage');
  await browser.send('HeapProfiler.collectGarbage');
  const { metrics } = await browser.send('Performance.getMetrics');
  const valueOf = (name: string) => {
    const metric = metrics.find((one) => one.name === name);
    if (metric === undefined) throw new Error(`The browser tells no ${name}.`);
    return metric.value;
  };
  return {
    heapBytes: valueOf('JSHeapUsedSize'),
    nodes: valueOf('Nodes'),
    listeners: valueOf('JSEventListeners'),
  };
}
