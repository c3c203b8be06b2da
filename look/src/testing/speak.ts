import type { Page } from 'playwright-core';
import type { Language } from '#i18n/language.ts';

/**
 * Switches a page to a language by the page's own keys, also where something lies over them or a small window hides
 * them. One step in the page, for tests of every page in every language: pressed, said, laid out, drawn in its own
 * letters.
 */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(async (spoken) => {
    const key = () => document.querySelector(`.look-languages button[lang=${spoken}]`);
    key()?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    // Not by frames: none of them need be painted.
    do await new Promise((resolve) => setTimeout(resolve));
    while (document.documentElement.lang !== spoken || key()?.ariaPressed !== 'true');
    document.body.getBoundingClientRect(); // Letters are asked for when a text is laid out.
    await document.fonts.ready;
  }, language);
}
