import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureFootage } from '@sightline/models/testing';
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

/** Debian's Chromium; with a clip of the test footage as its camera, or with none. */
export async function openBrowser(clip: string | null): Promise<TestBrowser> {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-browser-'));
  const camera = clip === null ? [] : await fakeCamera(clip, join(dir, 'camera.mjpeg'));
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

async function fakeCamera(clip: string, file: string): Promise<string[]> {
  const source = (await ensureFootage())(clip);
  const picture = ['-vf', 'scale=640:480', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', file];
  await promisify(execFile)('ffmpeg', ['-loglevel', 'error', '-t', '8', '-i', source, ...picture]);
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ];
}
