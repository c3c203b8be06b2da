import type { Page } from 'playwright-core';

/**
 * What does not fit on a page: where it scrolls sideways, what sticks out of the window, what is cut
 * off without saying so (`…`). Whatever scrolls inside a place of its own is fine, but for the pages of
 * the top line, whose bar is hidden: on a wide window (`isWide`) all of them are seen at once.
 */
export function layoutFaults(
  page: Page,
  { isWide }: { readonly isWide: boolean },
): Promise<string[]> {
  return page.evaluate((wide) => {
    const faults: string[] = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth)
      faults.push(`the page is ${scrollWidth - innerWidth} px too wide`);
    const named = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    const nav = document.querySelector('.top-pages');
    if (wide && nav !== null && nav.scrollWidth > nav.clientWidth + 1) {
      faults.push('not every page of the top line is seen');
    }
    const isHeld = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX) ||
        isHeld(element.parentElement));
    for (const element of document.querySelectorAll<HTMLElement>('#console *')) {
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
      if (!hasText || !element.checkVisibility({ opacityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      // What is there for screen readers alone takes a pixel.
      if (box.width <= 1 || box.height <= 1) continue;
      const style = getComputedStyle(element);
      const isCut = element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline';
      if (
        isCut &&
        ['hidden', 'clip'].includes(style.overflowX) &&
        style.textOverflow !== 'ellipsis'
      ) {
        faults.push(`cut off: ${named(element)}`);
      }
      const isOut = box.right > innerWidth + 1 || box.left < -1;
      if (isOut && !isHeld(element.parentElement)) faults.push(`sticks out: ${named(element)}`);
    }
    return faults;
  }, isWide);
}
