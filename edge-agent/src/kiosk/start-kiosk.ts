import type { FastifyInstance } from 'fastify';
import { buildApp, helloOf } from '#kiosk/build-app.ts';
import { kioskLink, openKioskToken } from '#kiosk/kiosk-link.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { openRoom, type RoomParts } from '#kiosk/open-room.ts';

/** Camera and eyes stay their opener's to close. */
export interface KioskConfig extends RoomParts {
  /** Loopback port; 0 takes a free one. */
  readonly port: number;
  /** The folder of the built page; the package's own unless told. */
  readonly pages?: string;
}

export interface Kiosk extends AsyncDisposable {
  /** The page's address with its token; whoever has it may use the kiosk. */
  readonly url: string;
  readonly port: number;
}

/**
 * Opens the kiosk: its records, its face sessions and its page, on 127.0.0.1 only.
 * @throws Error when the port is taken, or a file of `dir` cannot be read; the message names it.
 */
export async function startKiosk(config: KioskConfig): Promise<Kiosk> {
  await using opening = new AsyncDisposableStack();
  const { commands, hub } = opening.use(await openRoom(config));
  const token = await openKioskToken(config.dir);
  const app = await buildApp({
    commands,
    token,
    log: config.log,
    ...(config.pages === undefined ? {} : { pages: config.pages }),
    onSocket: (socket) => hub.join(socket, helloOf(commands)),
  });
  opening.defer(() => closeApp(app));
  const port = await listen(app, config.port);
  const opened = opening.move();
  return {
    url: kioskLink(port, token),
    port,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (cause) {
    throw new Error(
      `The kiosk cannot listen on 127.0.0.1:${port}. Set SIGHTLINE_KIOSK_PORT to a free port.`,
      { cause },
    );
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function closeApp(app: FastifyInstance): Promise<void> {
  for (const socket of app.websocketServer.clients) socket.close(1001, 'The agent is stopping.');
  const cut = setTimeout(() => {
    for (const socket of app.websocketServer.clients) socket.terminate();
    app.server.closeAllConnections();
  }, kioskLimits.closeMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
