import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scene } from '@sightline/models/testing';
import type { Browser } from 'playwright-core';
import { buildPages } from './build-pages.ts';
import { openBrowser } from './open-browser.ts';

/** The kiosk's page as it is delivered, and a browser to see it with. */
export interface BuiltKiosk extends AsyncDisposable {
  /** Folder of the page. */
  readonly pages: string;
  readonly browser: Browser;
}

/** With a scene of the test footage before the browser's camera, or with none. */
export async function openBuiltKiosk(scene: Scene | null = null): Promise<BuiltKiosk> {
  await using opening = new AsyncDisposableStack();
  const pages = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  opening.defer(() => rm(pages, { recursive: true }));
  await buildPages(pages);
  const { browser } = opening.use(await openBrowser(scene));
  const opened = opening.move();
  return { pages, browser, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
