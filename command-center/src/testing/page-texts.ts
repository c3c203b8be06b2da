/** A rectangle on the page, in CSS pixels. */
export interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A text as it stands on the page. */
export interface PageText {
  readonly name: string;
  /** Its number and those of the elements around it, the nearest last. */
  readonly path: readonly number[];
  /** Wider inside than its own box. */
  readonly isWide: boolean;
  readonly box: Rect;
  readonly parent: Rect;
  /** The nearest box around it that hides what sticks out; the window when there is none. */
  readonly hider: Rect;
  /** The room of the letters, line by line: a line's box may be taller and reach into the next. */
  readonly letters: readonly Rect[];
}

/** Runs in the page: every text that can be seen. What only screen readers hear is left out. */
export function readTexts(): PageText[] {
  /** Letters are as tall as this share of their font size. */
  const letterShare = 0.84;
  const window = { left: 0, right: innerWidth, top: 0, bottom: innerHeight };
  const all = [...document.querySelectorAll('#screen, #screen *')];
  const numbers = new Map(all.map((element, index) => [element, index]));
  const rectOf = ({ left, right, top, bottom }: Rect): Rect => ({ left, right, top, bottom });
  const hasText = (element: Element) =>
    [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    );
  const pathOf = (element: Element | null): number[] =>
    element === null ? [] : [...pathOf(element.parentElement), numbers.get(element) ?? -1];
  const hiderOf = (element: Element | null): Rect => {
    if (element === null || element.id === 'screen') return window;
    const isHiding = getComputedStyle(element).overflow !== 'visible';
    return isHiding ? rectOf(element.getBoundingClientRect()) : hiderOf(element.parentElement);
  };
  const lettersOf = (element: Element): Rect[] => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const half = (Number.parseFloat(getComputedStyle(element).fontSize) * letterShare) / 2;
    return [...range.getClientRects()].map(({ left, right, top, bottom }) => {
      const middle = (top + bottom) / 2;
      return { left, right, top: middle - half, bottom: middle + half };
    });
  };
  return all
    .filter(
      (element) =>
        hasText(element) && element.checkVisibility() && element.closest('.look-spoken') === null,
    )
    .map((element) => ({
      name: `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').slice(0, 40)}”`,
      path: pathOf(element),
      isWide:
        getComputedStyle(element).display !== 'inline' &&
        element.scrollWidth > element.clientWidth + 1,
      box: rectOf(element.getBoundingClientRect()),
      parent: rectOf((element.parentElement ?? element).getBoundingClientRect()),
      hider: hiderOf(element),
      letters: lettersOf(element),
    }));
}
