import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on a page, one line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe);
  const found = await page.evaluate('axe.run({ resultTypes: ["violations"], selectors: false })');
  // axe's own answer; only its rule names are looked at.
  const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] };
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/** Buttons too small for a glove or over one another, and what reaches out of what holds it or out of the window. */
export async function fitFaults(page: Page): Promise<string[]> {
  const small = await page.locator('button:visible').evaluateAll((buttons) =>
    buttons
      .map((button) => button.getBoundingClientRect())
      .filter(({ width, height }) => width < 96 || height < 96)
      .map(({ width, height }) => `small: ${width}×${height}`),
  );
  return [...(await page.evaluate(cutOff)), ...small];
}

/** For the page: it stands alone, without what is around it here. */
function cutOff(): string[] {
  const tell = (element: Element, why: string) =>
    `${why}: ${element.className} ${element.textContent}`;
  const boxes = [
    ...document.querySelectorAll('button, h1, .receipt strong, .strip-fact, .page-title'),
  ];
  const tooWide = boxes.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
  const tooHigh = [...document.querySelectorAll('button, .receipt')].filter(
    ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 16, // Tibetan's own ink reaches a little below its line.
  );
  const outside = boxes.filter((element) => {
    if (element.closest('.complaint-sentences, .reading-list, .people, .own-duty-list') !== null)
      return false;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
  });
  const overName = [...document.querySelectorAll('.picture .picture-none > *')].filter(
    (element) => {
      const picture = element.closest('.picture');
      const name = picture?.querySelector('figcaption') ?? null;
      const box = element.getBoundingClientRect();
      if (picture === null || name === null || box.height === 0) return false;
      const isAbove = box.top >= picture.getBoundingClientRect().top - 1;
      return !isAbove || box.bottom > name.getBoundingClientRect().top + 2;
    },
  );
  const pages = [...document.querySelectorAll('main.page')].filter(
    ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1,
  );
  const inPage = [...document.querySelectorAll('main.page button')].map((element) => ({
    element,
    box: element.getBoundingClientRect(),
  }));
  const overlapping = inPage.filter(({ box }, at) =>
    inPage.slice(at + 1).some(({ box: other }) => {
      const width = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
      return width > 1 && height > 1;
    }),
  );
  return [
    ...overlapping.map(({ element }) => tell(element, 'over another')),
    ...tooWide.map((element) => tell(element, 'wide')),
    ...tooHigh.map((element) => tell(element, 'high')),
    ...overName.map((element) => tell(element, 'over the name of its picture')),
    ...outside.map((element) => tell(element, 'outside')),
    ...pages.map((element) => tell(element, 'page')),
  ];
}
