import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import type { ChannelLanguage, Tier } from '@sightline/contracts';
import { fakeDevices, openBrowser } from '@sightline/look/testing';
import { eventually } from '@sightline/media-server/testing';
import type { Page } from 'playwright-core';
import type { MeetingPage, PageState } from './meeting-page/meeting-page.ts';

const rootDir = join(import.meta.dirname, '..', '..', '..', '..');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

export interface MeetingPages extends AsyncDisposable {
  /** A page in a tab of its own, with a fake camera and microphone. */
  open(mediaUrl: string, seatToken: string, link?: PageLink): Promise<SeatPage>;
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
  /** The best that this seat wants to send and to receive. */
  chooseBest(best: { readonly up: Tier; readonly down: Tier }): Promise<void>;
  setPaused(source: 'microphone' | 'camera', isPaused: boolean): Promise<string | null>;
  listen(channel: ChannelLanguage | 'floor'): Promise<void>;
}

/** Chromium, and a server of the barest page of a meeting. */
export async function openMeetingPages(): Promise<MeetingPages> {
  await using held = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'meeting-page-'));
  held.defer(() => rm(dir, { recursive: true, force: true }));
  await build(dir);
  const url = await serve(dir, held);
  const browser = await openBrowser(fakeDevices);
  held.defer(() => browser.close());
  const owned = held.move();
  return {
    async open(mediaUrl, seatToken, link) {
      const page = await browser.newPage();
      if (link !== undefined) await page.addInitScript(goThrough, link);
      await page.goto(url);
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
    listen: (channel) => page.evaluate((to) => theMeeting().client().listen(to), channel),
    sendAll: () => page.evaluate(() => theMeeting().sendAll()),
    chooseBest: (best) => page.evaluate((wanted) => theMeeting().client().chooseBest(wanted), best),
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

async function serve(dir: string, held: AsyncDisposableStack): Promise<string> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path === '/' ? 'index.html' : normalize(path);
    readFile(join(dir, file)).then(
      (content) => {
        const type = types[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type }).end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  held.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  // A TCP server's address is an object; only pipes have text.
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://127.0.0.1:${port}/`;
}
