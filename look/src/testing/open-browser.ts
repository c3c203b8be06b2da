import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What the browser itself would ask the Internet for is off. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Long enough for a machine that several runs share. */
const startMs = 90_000;

/** Where the machine's Chromium is. Throws with the remedy where there is none. */
export function findChromium(): string {
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new Error(`No Chromium at ${places.join(', ')}: apt-get install chromium`);
}

/** Chromium without a window, the machine's own unless another program stands for it; `flags` besides. */
export function openBrowser(
  flags: readonly string[] = [],
  executablePath = findChromium(),
): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [...quiet, ...flags],
    headless: true,
    timeout: startMs,
  });
}

/** A camera and a microphone that Chromium makes up, and sound without a touch. */
export const fakeDevices: readonly string[] = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** Flags that put a recorded film (MJPEG or Y4M, by its file) before the page's camera. */
export function filmedCamera(file: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ];
}
