import type { Page } from 'playwright-core';

/** A point on the page where the hive, asked by a pointer, tells of a place; waits until it does. */
export async function pointAt(
  page: Page,
  placeWords: string,
): Promise<{ readonly x: number; readonly y: number }> {
  await page.evaluate(twoFrames);
  const found = await page.waitForFunction(findPoint, placeWords, { polling: 250 });
  const point = await found.jsonValue();
  if (point === null) throw new Error(`The hive tells of no ${placeWords}.`);
  return point;
}

/** Runs in the page: the hive has heard of a new address by then. */
async function twoFrames(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}

/** Runs in the page: passes a pointer over the hive, half a cell at a time. */
function findPoint(placeWords: string): { readonly x: number; readonly y: number } | null {
  const canvas = document.querySelector('canvas');
  if (canvas === null) return null;
  const { left, top, right, bottom } = canvas.getBoundingClientRect();
  const step = 7;
  for (let y = top + step; y < bottom; y += step) {
    for (let x = left + step; x < right; x += step) {
      canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y }));
      if (canvas.title.startsWith(placeWords)) return { x, y };
    }
  }
  return null;
}
