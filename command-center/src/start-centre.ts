import { migrate, openStore, seedDivisions, topRegions, type Store } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import type { CentreConfig } from '#config.ts';
import { buildApp } from '#server/build-app.ts';
import { registerLive } from '#live/register-live.ts';
import type { RegisterLive } from '#server/live-seam.ts';

export interface CentreDeps {
  /** The open, migrated store; without it the centre opens its own and closes it. */
  readonly store?: Store;
  readonly now?: () => Temporal.Instant;
  readonly logger?: Logger;
  /** The live part, our own unless given; null leaves it out (tests of the console alone). */
  readonly registerLive?: RegisterLive | null;
  /** The built pages, those of `npm run build` unless given. */
  readonly pagesDir?: string;
}

/** The running command centre. */
export interface Centre extends AsyncDisposable {
  /** http://127.0.0.1:7400 */
  readonly url: string;
  readonly port: number;
  readonly app: FastifyInstance;
  readonly store: Store;
}

/** Starts the centre: opens and migrates the store, serves pages, API and live views. */
export async function startCentre(config: CentreConfig, deps: CentreDeps = {}): Promise<Centre> {
  await using stack = new AsyncDisposableStack();
  const logger =
    deps.logger ??
    pino({ name: 'centre', level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const store = deps.store ?? stack.use(await openOwnStore(config, logger));
  const now = deps.now ?? (() => Temporal.Now.instant());
  const live = deps.registerLive === undefined ? registerLive : deps.registerLive;
  const { pagesDir } = deps;
  const built = stack.use(
    await buildApp({ config, store, now, logger, registerLive: live, pagesDir }),
  );
  await built.app.listen({ host: config.host, port: config.port });
  const parts = stack.move();
  return {
    url: `${config.tls === null ? 'http' : 'https'}://${urlHost(config.host)}:${built.door().port}`,
    port: built.door().port,
    app: built.app,
    store,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

async function openOwnStore(config: CentreConfig, logger: Logger): Promise<Store> {
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    applicationName: 'sightline-centre',
    onConnectionLost: (error) => logger.warn({ err: error }, 'A database connection was lost.'),
  });
  try {
    const refusal = await migrate(store);
    if (refusal !== null) throw new Error(refusal.detail);
    if ((await topRegions(store.pool)).length === 0) await seedDivisions(store.pool);
    return store;
  } catch (error) {
    await store[Symbol.asyncDispose]();
    throw error;
  }
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
