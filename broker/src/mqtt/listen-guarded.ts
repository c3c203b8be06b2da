import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Aedes } from 'aedes';
import type { Logger } from 'pino';
import { GuardedConnection } from '#guard/guarded-connection.ts';
import { limits } from '#limits.ts';
import { listenFault } from '#listen-fault.ts';
import { isLoopbackAddress } from '#mqtt/loopback.ts';
import type { TlsPair } from '#tls.ts';

export interface Listening extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Null: plain. */
  readonly tls: TlsPair | null;
  readonly log: Logger;
}

/** Listens for MQTT and hands every connection to the broker through the guard. */
export async function listenGuarded(aedes: Aedes, options: ListenOptions): Promise<Listening> {
  const perAddress = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = openServer(options, (socket) => aedes.handle(guard(socket, options.log)));
  // The bare connection, also below TLS: a handshake that never ends counts as well.
  server.prependListener('connection', (socket: Socket) => {
    if (!countIn(perAddress, socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.maxConnections = limits.connections;
  server.listen(options.port, options.host);
  await once(server, 'listening').catch((cause: unknown) => {
    throw listenFault(cause, { ...options, setting: 'SIGHTLINE_MQTT_PORT' });
  });
  server.on('error', (error) => options.log.error({ err: error }, 'The MQTT listener failed.'));
  // A TCP server's address is an object; only pipes have text.
  const { address, port } = server.address() as AddressInfo;
  return {
    host: address,
    port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** `take` gets each connection that still stands, below TLS once its handshake is done. */
function openServer({ tls, log }: ListenOptions, take: (socket: Socket) => void): Server {
  const common = { noDelay: true, keepAlive: true };
  if (tls === null) return createServer(common, (socket) => socket.destroyed || take(socket));
  const handshakeTimeout = limits.connectWithinMs;
  const server = createTlsServer({ ...common, ...tls, handshakeTimeout }, take);
  server.on('tlsClientError', (error, socket) => {
    const { remoteAddress } = socket;
    socket.destroy(); // Node itself leaves a late one open.
    if (remoteAddress === undefined) return; // It was refused, or went by itself.
    log.info({ reason: error.message, remoteAddress }, 'A TLS handshake failed.');
  });
  return server;
}

function guard(socket: Socket, log: Logger): GuardedConnection {
  const connection = new GuardedConnection(socket, {
    limits,
    onViolation: (violation, remoteAddress) =>
      log.info({ ...violation, remoteAddress }, 'A connection broke MQTT 3.1.1 and was closed.'),
  });
  connection.on('error', () => undefined); // aedes has its own listener, and removes it on close.
  return connection;
}

/** False when that address has too many connections; the socket is then gone. */
function countIn(perAddress: Map<string, number>, socket: Socket): boolean {
  const address = socket.remoteAddress ?? '';
  if (isLoopbackAddress(address)) return true;
  const count = (perAddress.get(address) ?? 0) + 1;
  if (count > limits.connectionsPerAddress) {
    socket.destroy();
    return false;
  }
  perAddress.set(address, count);
  socket.once('close', () => {
    const left = (perAddress.get(address) ?? 1) - 1;
    if (left === 0) perAddress.delete(address);
    else perAddress.set(address, left);
  });
  return true;
}
