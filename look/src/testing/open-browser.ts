import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Pages of the browser's own behind its address line: another process for each window that nobody sees. */
const unseen = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];
/** What Playwright switches off; it is said again, for of several lists the browser heeds the last alone. */
const switchedOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

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
    args: withOneList([...quiet, ...flags]),
    headless: true,
    timeout: startMs,
  });
}

const listFlag = '--disable-features=';

function withOneList(flags: readonly string[]): string[] {
  const isList = (flag: string) => flag.startsWith(listFlag);
  const lists = flags.filter(isList).map((flag) => flag.slice(listFlag.length));
  const all = [...switchedOff, ...unseen, ...lists].join(',');
  return [...flags.filter((flag) => !isList(flag)), `${listFlag}${all}`];
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
