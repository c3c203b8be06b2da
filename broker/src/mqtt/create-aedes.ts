import { Aedes, type AedesOptions, type Client } from 'aedes';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';

type Hooks = Pick<
  AedesOptions,
  'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'
>;

/** A plain broker: what a client publishes goes to who subscribed. */
export function createPlainAedes(log: Logger): Promise<Aedes> {
  return start(new Aedes(optionsWith({}, log)), log);
}

/** A broker for terminals: what one publishes is for the hooks alone and goes to no other. */
export function createTerminalAedes(hooks: Hooks, log: Logger): Promise<Aedes> {
  return start(new OneWayAedes(optionsWith(hooks, log)), log);
}

class OneWayAedes extends Aedes {
  override publish(...given: readonly unknown[]): void {
    const done = given.at(-1);
    if (typeof done === 'function') done();
  }
}

function optionsWith(hooks: Hooks, log: Logger): AedesOptions {
  return {
    ...hooks,
    // With another value one subscriber that stops reading halts all deliveries.
    concurrency: 0,
    drainTimeout: limits.drainMs,
    connectTimeout: limits.connectWithinMs,
    maxClientsIdLength: 65_535,
    authorizeForward: (client, packet) => (dropIfBehind(client, log) ? null : packet),
  };
}

/** Every error has a listener: without it the process would end. */
async function start(aedes: Aedes, log: Logger): Promise<Aedes> {
  await aedes.listen();
  // aedes types 'error' nowhere, yet emits it when its persistence fails.
  (aedes as NodeJS.EventEmitter).on('error', (error) => log.error({ err: error }, 'aedes failed.'));
  aedes.on('clientError', (client, error) =>
    log.info({ clientId: client.id, error: error.message }, 'A client was dropped.'),
  );
  aedes.on('connectionError', (_client, error) =>
    log.info({ error: error.message }, 'A connection ended before it was a client.'),
  );
  return aedes;
}

/** Ends the connection of a client that leaves too much unread; true when it did. */
export function dropIfBehind({ id, conn }: Client, log: Logger): boolean {
  if (conn.writableLength <= limits.unsentBytes) return false;
  if (!conn.destroyed) log.warn({ clientId: id }, 'A client reads too slowly and was dropped.');
  conn.destroy();
  return true;
}

/** Closes every client and the broker; resolves when done. */
export function closeAedes(aedes: Aedes): Promise<void> {
  return new Promise((resolve) => aedes.close(() => resolve()));
}
