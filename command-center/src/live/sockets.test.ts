import { createServer } from 'node:http';
import type { LiveFrame } from '@sightline/contracts';
import { expect, test } from 'vitest';
import type { Viewer } from '#domain/access.ts';
import { openSockets, type SocketDeps } from './sockets.ts';
import { openPage } from '#testing/open-page.ts';

const at = '2026-11-23T12:00:00.000Z';
const cell = {
  region: '540202001001',
  status: 'online' as const,
  since: at,
  checkedIn: null,
  simulated: true,
};
const frame = (to: number, cells = 1): LiveFrame => ({
  from: to - 1,
  to,
  at,
  cells: Array.from({ length: cells }, () => cell),
  feed: [],
});

async function openServer(deps: Partial<SocketDeps> = {}) {
  const server = createServer();
  const dropped: string[] = [];
  const viewer: Viewer = { kind: 'viewer', tokenId: 't', region: '5402' };
  const sockets = openSockets(server, {
    readViewer: async () => viewer,
    isKnownPage: () => true,
    onWatch: () => undefined,
    onDropped: (reason) => dropped.push(reason),
    ...deps,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    sockets,
    dropped,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      sockets[Symbol.dispose]();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a page that does not read is dropped, while one that reads misses nothing', async () => {
  await using server = await openServer();
  using stuck = await openPage(server.url, {});
  using well = await openPage(server.url, {});
  for (const page of [stuck, well]) await page.watch('5402');
  // The browser's tab hangs: its socket is open and nobody takes anything out of it.
  const transport = stuck.socket.io.engine.transport as unknown as {
    ws: { _socket?: { pause(): void }; pause(): void };
  };
  transport.ws.pause();
  let to = 0;
  while (server.dropped.length === 0 && to < 2000) {
    to += 1;
    server.sockets.emitTo('5402')('frame', frame(to, 1000));
    await well.frame((heard) => heard.to === to);
  }
  expect(server.dropped).toEqual(['The page reads too slowly.']);
  expect(well.frames.map((heard) => heard.to)).toEqual(Array.from({ length: to }, (_, i) => i + 1));
});

test('a page whose right was taken away is dropped at the next review', async () => {
  let viewer: Viewer | null = { kind: 'viewer', tokenId: 't', region: '5402' };
  await using server = await openServer({ readViewer: async () => viewer });
  using page = await openPage(server.url, {});
  await page.watch('5402');
  await server.sockets.review();
  expect(server.sockets.occupied()).toEqual(['5402']);
  const gone = new Promise((resolve) => page.socket.once('disconnect', resolve));
  viewer = null;
  await server.sockets.review();
  await gone;
  expect(server.sockets.occupied()).toEqual([]);
});

test('a page that watches another region leaves the first', async () => {
  await using server = await openServer();
  using page = await openPage(server.url, {});
  await page.watch('540202');
  await page.watch('540235');
  expect(server.sockets.occupied()).toEqual(['540235']);
  server.sockets.emitTo('540202')('frame', frame(1));
  server.sockets.emitTo('540235')('frame', frame(2));
  await page.frame(({ to }) => to === 2);
  expect(page.frames).toHaveLength(1);
});
