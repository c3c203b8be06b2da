import { Aedes, type AedesOptions, type Client } from 'aedes';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';

type Hooks = Pick<
  AedesOptions,
  'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'
>;

/** An aedes whose slow readers delay nobody and whose every error has a listener. */
export async function createAedes(hooks: Hooks, log: Logger): Promise<Aedes> {
  const aedes = await Aedes.createBroker({
    ...hooks,
    // With another value one subscriber that stops reading halts all deliveries.
    concurrency: 0,
    drainTimeout: limits.drainMs,
    connectTimeout: limits.connectWithinMs,
    maxClientsIdLength: 65_535,
    authorizeForward: (client, packet) => (isBehind(client) ? drop(client, log) : packet),
  });
  // aedes types 'error' nowhere, yet emits it when its persistence fails.
  (aedes as NodeJS.EventEmitter).on('error', (error) => log.error({ error }, 'aedes failed.'));
  aedes.on('clientError', (client, error) =>
    log.info({ clientId: client.id, error: error.message }, 'A client was dropped.'),
  );
  aedes.on('connectionError', (_client, error) =>
    log.info({ error: error.message }, 'A connection ended before it was a client.'),
  );
  return aedes;
}

function isBehind(client: Client): boolean {
  return client.conn.writableLength > limits.unsentBytes;
}

function drop(client: Client, log: Logger): null {
  if (!client.conn.destroyed) {
    log.warn({ clientId: client.id }, 'A client reads too slowly and was dropped.');
    client.conn.destroy();
  }
  return null;
}

/** Closes every client and the broker; resolves when done. */
export function closeAedes(aedes: Aedes): Promise<void> {
  return new Promise((resolve) => aedes.close(() => resolve()));
}
