import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filmedCamera, openBrowser as launch } from '@sightline/look/testing';
import { ensureFootage, filmScene, type Scene } from '@sightline/models/testing';
import type { Browser } from 'playwright-core';

export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

/** Debian's Chromium; with a scene of the test footage before its camera, or with none. */
export async function openBrowser(scene: Scene | null): Promise<TestBrowser> {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-browser-'));
  const camera = scene === null ? [] : await fakeCamera(scene, dir);
  const browser = await launch(camera);
  return {
    browser,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await rm(dir, { recursive: true });
    },
  };
}

async function fakeCamera(scene: Scene, dir: string): Promise<string[]> {
  const file = await filmScene(await ensureFootage(), { scene, dir, form: 'mjpeg' });
  return filmedCamera(file);
}
