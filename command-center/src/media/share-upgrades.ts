import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Two Socket.IO servers on one HTTP server and one path. A browser always says where a page comes from
 * (Origin); the media server, which is no page, does not: so each comes to an engine with limits and a
 * judgement of its own, and a page can never reach the media server's.
 */
export function shareUpgrades<T>(server: HttpServer, openForMachines: () => T): T {
  const forPages = takeListeners(server);
  const opened = openForMachines();
  const forMachines = takeListeners(server);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const listeners = request.headers.origin === undefined ? forMachines : forPages;
    for (const listener of listeners) listener(request, socket, head);
  });
  return opened;
}

type Listener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

function takeListeners(server: HttpServer): readonly Listener[] {
  // Node types listeners of any event as functions of anything.
  const listeners = server.listeners('upgrade') as Listener[];
  server.removeAllListeners('upgrade');
  return listeners.map((listener) => listener.bind(server));
}
