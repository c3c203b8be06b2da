import { gzipSync } from 'node:zlib';
import { openBrowser } from '@sightline/look/testing';
import type { Response } from 'playwright-core';
import { expect, test } from 'vitest';
import { buildPagesApart } from '#testing/built-console.ts';
import { openPageSource } from '#testing/page-source.ts';

const mostBytes = 1024 * 1024;
/**
 * Fonts stand apart: the Chinese face comes in pieces of 20 to 90 KB, only those whose characters are
 * shown; the Tibetan one in one piece for the name in the top line.
 */
const mostFontBytes = 2.5 * 1024 * 1024;
const kinds = ['document', 'script', 'stylesheet'];

interface Loaded {
  readonly kind: string;
  readonly path: string;
  readonly bytes: number;
}

test('what the screen asks for at its first load is at most 1 MB gzip, and its fonts come from here', async () => {
  await using pages = await buildPagesApart();
  await using source = await openPageSource(pages.dir);
  await using browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const loading: Promise<Loaded>[] = [];
  page.on('response', (response) => loading.push(weigh(response)));
  await page.goto(`${source.url}/screen/`);
  await page.locator('canvas[data-as-of]').waitFor();
  await page.waitForLoadState('networkidle');
  const loaded = await Promise.all(loading);
  const code = loaded.filter(({ kind }) => kinds.includes(kind));
  const fonts = loaded.filter(({ kind }) => kind === 'font');
  expect(code.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
  expect(sum(code)).toBeLessThanOrEqual(mostBytes);
  expect(sum(fonts)).toBeLessThanOrEqual(mostFontBytes);
  const families = fonts.map(({ path }) => /noto-(sans-sc|serif-tibetan)/u.exec(path)?.[1]);
  expect(new Set(families)).toEqual(new Set(['sans-sc', 'serif-tibetan']));
}, 240_000);

/** Fonts are packed already; everything else as gzip sends it. */
async function weigh(response: Response): Promise<Loaded> {
  const kind = response.request().resourceType();
  const body = await response.body();
  const bytes = kind === 'font' ? body.length : gzipSync(body).length;
  return { kind, path: new URL(response.url()).pathname, bytes };
}

function sum(loaded: readonly Loaded[]): number {
  return loaded.reduce((total, { bytes }) => total + bytes, 0);
}
