import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFootage, filmScene, type Scene } from '@sightline/models/testing';
import { chromium, type Browser } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

/** Debian's Chromium; with a scene of the test footage before its camera, or with none. */
export async function openBrowser(scene: Scene | null): Promise<TestBrowser> {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-browser-'));
  const camera = scene === null ? [] : await fakeCamera(scene, dir);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...flags, ...camera],
  });
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
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ];
}
