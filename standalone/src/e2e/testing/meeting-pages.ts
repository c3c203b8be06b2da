import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import type { ChannelLanguage, Tier } from '@sightline/contracts';
import { fakeDevices, findChromium, openBrowser } from '@sightline/look/testing';
import { eventually } from '@sightline/media-server/testing';
import type { Page, Route } from 'playwright-core';
import type { MeetingPage, PageState } from './meeting-page/meeting-page.ts';
import { keepConnections, readPaths, relayOnly, type MediaPath } from './meeting-paths.ts';

const rootDir = join(import.meta.dirname, '..', '..', '..', '..');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

export interface MeetingPages extends AsyncDisposable {
  /** A page in a tab of its own, with a fake camera and microphone. */
  open(mediaUrl: string, seatToken: string, way?: PageWay): Promise<SeatPage>;
}

/** How a page reaches the media server, where not straight on. */
export interface PageWay {
  readonly link?: PageLink;
  /** It takes no way but through a relay. */
  readonly isRelayed?: boolean;
}

/** Another Chromium than the machine's, as one in a network of its own, and what it is told. */
export interface MeetingBrowser {
  readonly program?: string;
  readonly flags?: readonly string[];
}

/** Ports of a link in front of the media server: what the server offers is reached through them. */
export interface PageLink {
  readonly udpPort: number;
  readonly tcpPort: number;
}

/** The page of one seat. */
export interface SeatPage {
  readonly page: Page;
  state(): Promise<PageState>;
  /** Resolves once the page is so; throws with how it was. */
  until(is: (state: PageState) => boolean, withinMs?: number): Promise<PageState>;
  /** Sends camera and microphone; the codes it was refused with. */
  sendAll(): Promise<readonly (string | null)[]>;
  /** Shares a screen; the code it was refused with. */
  shareScreen(): Promise<string | null>;
  /** The best that this seat wants to send and to receive. */
  chooseBest(best: { readonly up: Tier; readonly down: Tier }): Promise<void>;
  /** The ways that its media takes now, one a transport. */
  paths(): Promise<readonly MediaPath[]>;
  setPaused(source: 'microphone' | 'camera', isPaused: boolean): Promise<string | null>;
  /** Writes a line to the room; the code it was refused with. */
  say(text: string): Promise<string | null>;
  raiseHand(isUp: boolean): Promise<string | null>;
  listen(channel: ChannelLanguage | 'floor'): Promise<void>;
}

/** The address of the page: nobody serves it, the browser itself is given its files. It has WebRTC, being local. */
const pageUrl = 'http://localhost/';

/** To the browser a page that nobody serves is of the Internet, which may not reach the machine's own servers. */
const mayReach = ['--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets'];

/** Chromium with the barest page of a meeting. */
export async function openMeetingPages({
  program = findChromium(),
  flags = [],
}: MeetingBrowser = {}): Promise<MeetingPages> {
  await using held = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'meeting-page-'));
  held.defer(() => rm(dir, { recursive: true, force: true }));
  await build(dir);
  const browser = await openBrowser([...fakeDevices, ...mayReach, ...flags], program);
  held.defer(() => browser.close());
  const owned = held.move();
  return {
    async open(mediaUrl, seatToken, { link, isRelayed = false } = {}) {
      const page = await browser.newPage();
      await page.route(`${pageUrl}**`, (route) => give(route, dir));
      if (link !== undefined) await page.addInitScript(goThrough, link);
      if (isRelayed) await page.addInitScript(relayOnly);
      await page.addInitScript(keepConnections);
      await page.goto(pageUrl);
      await page.waitForFunction(() => 'meeting' in globalThis);
      await page.evaluate(([to, token]) => theMeeting().open(to, token), [
        mediaUrl,
        seatToken,
      ] as const);
      return seatPage(page);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** In the page, before anything else: candidates of the far side are rewritten to the link's ports. */
function goThrough({ udpPort, tcpPort }: PageLink): void {
  const Plain = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Plain {
    override setRemoteDescription(to: RTCSessionDescriptionInit): Promise<void> {
      const sdp = (to.sdp ?? '')
        .replaceAll(/(a=candidate:\S+ \d+ udp \d+ \S+ )\d+/gi, `$1${udpPort}`)
        .replaceAll(/(a=candidate:\S+ \d+ tcp \d+ \S+ )\d+/gi, `$1${tcpPort}`);
      return super.setRemoteDescription({ type: to.type, sdp });
    }
  };
}

/** In the page: what `meeting-page.ts` put there. Playwright sends a function's own text alone. */
declare function theMeeting(): MeetingPage;

function seatPage(page: Page): SeatPage {
  const state = () => page.evaluate(() => theMeeting().state());
  return {
    page,
    state,
    until: async (is, withinMs = 30_000) => {
      let last: PageState | null = null;
      return eventually(async () => {
        last = await state();
        return is(last) ? last : undefined;
      }, withinMs).catch((cause: unknown) => {
        const { room, ...rest } = last ?? { room: null };
        const seen = { ...rest, pictures: room?.pictures, version: room?.control.version };
        throw new Error(`The page is otherwise: ${JSON.stringify(seen)}`, { cause });
      });
    },
    say: (text) =>
      page.evaluate(async (line) => (await theMeeting().client().say(line))?.code ?? null, text),
    raiseHand: (isUp) =>
      page.evaluate(async (up) => (await theMeeting().client().raiseHand(up))?.code ?? null, isUp),
    listen: (channel) => page.evaluate((to) => theMeeting().client().listen(to), channel),
    sendAll: () => page.evaluate(() => theMeeting().sendAll()),
    shareScreen: () => page.evaluate(() => theMeeting().shareScreen()),
    chooseBest: (best) => page.evaluate((wanted) => theMeeting().client().chooseBest(wanted), best),
    paths: () => page.evaluate(readPaths),
    setPaused: (source, isPaused) =>
      page.evaluate(
        async ([of, paused]) => {
          const refusal = await theMeeting().client().setPaused(of, paused);
          return refusal?.code ?? null;
        },
        [source, isPaused] as const,
      ),
  };
}

async function build(outDir: string): Promise<void> {
  const program = join(rootDir, 'node_modules', 'vite', 'bin', 'vite.js');
  const pageDir = join(import.meta.dirname, 'meeting-page');
  const child = spawn(
    process.execPath,
    [program, 'build', pageDir, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  const [code] = (await once(child, 'exit')) as [number | null]; // Node's own event.
  if (code !== 0)
    throw new Error(`The page of the meeting was not built: vite ended with ${code}.`);
}

async function give(route: Route, dir: string): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const file = pathname === '/' ? 'index.html' : normalize(pathname);
  await readFile(join(dir, file)).then(
    (body) => {
      const contentType = types[extname(file)] ?? 'application/octet-stream';
      return route.fulfill({ body, contentType });
    },
    () => route.fulfill({ status: 404 }),
  );
}
