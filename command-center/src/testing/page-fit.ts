import type { Page } from 'playwright-core';
import { readTexts, type PageText, type Rect } from './page-texts.ts';

/** Rounding of fractions of pixels. */
const slackPx = 1.5;

/**
 * Every text of the screen that does not fit: wider than its box, outside its parent, cut off by the
 * window or a box that hides what sticks out, or lying over another text.
 */
export async function findMisfits(page: Page): Promise<string[]> {
  const texts = (await page.evaluate(readTexts)).filter((text) => !isWrappedAway(text));
  const over = texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter((other) => lieOver(one, other))
      .map((other) => `over each other: ${one.name} and ${other.name}`),
  );
  return [...texts.flatMap(faultsAlone), ...over];
}

function faultsAlone(text: PageText): string[] {
  const isOutside = !holds(text.parent, { ...text.box, top: text.parent.top, bottom: 0 });
  const isCut = text.letters.some((line) => !holds(text.hider, line));
  return [
    ...(text.isWide ? [`wider than its box: ${text.name}`] : []),
    ...(isOutside ? [`outside its parent: ${text.name}`] : []),
    ...(isCut ? [`cut off: ${text.name}`] : []),
  ];
}

/** A line of the feed without room wraps out of sight as a whole, on purpose. */
function isWrappedAway({ box, hider }: PageText): boolean {
  return box.left >= hider.right - slackPx && hider.right < box.right;
}

function holds(outer: Rect, inner: Rect): boolean {
  return (
    inner.left >= outer.left - slackPx &&
    inner.right <= outer.right + slackPx &&
    inner.top >= outer.top - slackPx &&
    inner.bottom <= outer.bottom + slackPx
  );
}

function lieOver(one: PageText, other: PageText): boolean {
  const isInside = (a: PageText, b: PageText) => b.path.includes(a.path.at(-1) ?? -1);
  if (isInside(one, other) || isInside(other, one)) return false;
  return one.letters.some((a) => other.letters.some((b) => overlap(a, b)));
}

function overlap(a: Rect, b: Rect): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > slackPx && height > slackPx;
}
