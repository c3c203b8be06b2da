import type { Page } from 'playwright-core';

export interface TabReport {
  readonly count: number;
  /** What can be pressed and Tab never came to. */
  readonly unreached: readonly string[];
  /** What had the focus without showing it. */
  readonly unseen: readonly string[];
}

/** Presses Tab until everything that can be pressed had its turn, and a few times more. */
export async function tabThrough(page: Page): Promise<TabReport> {
  const all = await page.evaluate(() => {
    const pressable = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input:not([type=hidden]), select, [tabindex="0"]',
      ),
    ].filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true }) &&
        each.tabIndex >= 0 &&
        !each.hasAttribute('disabled') &&
        each.closest('[aria-hidden="true"]') === null,
    );
    for (const [index, each] of pressable.entries()) each.dataset['pressable'] = String(index);
    return pressable.map((each) => each.outerHTML.slice(0, 120));
  });
  const reached = new Set<number>();
  const unseen: string[] = [];
  for (let press = 0; press < all.length + 10; press += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(focusedElement);
    if (at === null) continue;
    reached.add(at.index);
    if (!at.isSeen) unseen.push(all[at.index] ?? '');
  }
  return { count: all.length, unreached: all.filter((_, index) => !reached.has(index)), unseen };
}

/** Runs in the page: which of the marked elements has the focus, and whether one sees it. */
function focusedElement(): { readonly index: number; readonly isSeen: boolean } | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return null;
  const mark = element.dataset['pressable'];
  if (mark === undefined) return null;
  const shows = (each: Element | null): boolean => {
    if (each === null) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  };
  return { index: Number(mark), isSeen: shows(element) || shows(element.parentElement) };
}
