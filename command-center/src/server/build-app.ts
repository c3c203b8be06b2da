import { fastifyCookie } from '@fastify/cookie';
import { fastifyHelmet } from '@fastify/helmet';
import { fastifyRateLimit } from '@fastify/rate-limit';
import type { Store } from '@sightline/store';
import { fastify, LogController, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { CentreConfig } from '#config.ts';
import type { Door } from '#domain/listener.ts';
import { networkOf } from '#domain/sign-in-network.ts';
import { limits } from '#limits.ts';
import { openMediaState } from '#media/media-state.ts';
import { compressReplies } from './compress.ts';
import { isReachedByTls } from './cookies.ts';
import { guardOrigin, isKnownPage } from './guard-origin.ts';
import { guardRoutes, type RuledRoute } from './guard-routes.ts';
import { healthReader, isHealthy } from './health.ts';
import type { Live, RegisterLive } from './live-seam.ts';
import { openListener } from './open-listener.ts';
import { builtPages, servePages } from './pages.ts';
import { openPasswordsQueue } from './passwords-queue.ts';
import { openPlaces } from './places.ts';
import { installProblems } from './problem.ts';
import { cookieNames, viewerReader } from './read-viewer.ts';
import { registerRoutes } from './register-routes.ts';
import { under } from './rule.ts';
import { openFloods, type Floods } from './shed-floods.ts';

export interface AppParts {
  readonly config: CentreConfig;
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly logger: Logger;
  readonly registerLive: RegisterLive | null;
  /** The built pages, those of `npm run build` unless given. */
  readonly pagesDir?: string | undefined;
}

export interface BuiltApp extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly door: () => Door;
  /** Every route, with what it asks of its caller. */
  readonly routes: readonly RuledRoute[];
}

/** The server with everything plugged in, not yet listening. */
export async function buildApp(parts: AppParts): Promise<BuiltApp> {
  const queue = openPasswordsQueue({
    atOnce: limits.judgedAtOnce,
    waiting: limits.waitingToBeJudged,
  });
  const hasProxy = parts.config.publicHosts.length > 0;
  const floods = openFloods({ isSignInFull: queue.isFull, hasProxy });
  const app = openFastify(parts, floods);
  // Every body is JSON, or what a route says of itself: a page elsewhere can send plain text unasked.
  app.removeContentTypeParser('text/plain');
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 429) floods.noteRefused(request.raw);
  });
  const door = doorOf(app, parts.config);
  const names = cookieNames({ secure: isReachedByTls(parts.config) });
  app.decorate('cookieNames', names);
  const readViewer = viewerReader({ ...parts, names });
  installProblems(app);
  await installPolicies(app, parts.config);
  guardOrigin(app, door);
  const routes = guardRoutes(app, { readViewer, places: openPlaces(parts) });
  compressReplies(app);
  const readHealth = healthReader({ ...parts, brokerHttpUrl: parts.config.brokerHttpUrl });
  const media = openMediaState(parts.config.media);
  const live = await parts.registerLive?.(app, {
    media,
    store: parts.store,
    logger: parts.logger,
    demo: parts.config.demo,
    complaintAnswerDays: parts.config.complaintAnswerDays,
    retentionDays: parts.config.retentionDays,
    notify: parts.config.notify,
    registerKeyFile: parts.config.registerKeyFile,
    now: parts.now,
    readViewer,
    isKnownPage: (headers) => isKnownPage(headers, door()),
    readHealth,
  });
  const allHealth = async () => [...(await readHealth()), ...(live?.readHealth() ?? [])];
  const forAll = under({
    door: 'open',
    why: 'states of our own parts, without anything of anybody',
  });
  app.get('/healthz', forAll, async (_, reply) => {
    const health = { parts: await allHealth() };
    return reply.code(isHealthy(health) ? 200 : 503).send(health);
  });
  await registerRoutes(app, { ...parts, readHealth: allHealth, queue, media });
  await servePages(app, parts.pagesDir ?? builtPages);
  return { app, door, routes, [Symbol.asyncDispose]: () => closeApp(app, live) };
}

function openFastify({ config, logger }: AppParts, floods: Floods): FastifyInstance {
  return fastify({
    // Waits and sizes of the bare server stand there; Fastify is given a finished one.
    serverFactory: (handle) => openListener({ config, floods }, handle),
    loggerInstance: logger,
    // Requests are logged by the audit, not line by line; faults are logged by the error handler.
    logController: new LogController({ disableRequestLogging: true }),
    // Only a proxy on this machine, and only where one is configured, may say who is asking.
    trustProxy: config.publicHosts.length > 0 ? 'loopback' : false,
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: 'idle' as const,
    routerOptions: { maxParamLength: 128 },
    // The logger's type is its own; the server answers the same calls.
  }) as unknown as FastifyInstance;
}

/** The door as it stands: with port 0 the true port is known once it listens. */
function doorOf(app: FastifyInstance, config: CentreConfig): () => Door {
  return () => {
    const address = app.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : config.port;
    return { port, secure: config.tls !== null, publicHosts: config.publicHosts };
  };
}

async function installPolicies(app: FastifyInstance, config: CentreConfig): Promise<void> {
  await app.register(fastifyRateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: ({ ip }) => networkOf(ip),
  });
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library writes its sheets at run time, with the page's nonce.
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        // Stills and slides of a meeting are blobs; its pictures and voices are streams of the page itself.
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", ...reachedAt(config.media)],
        mediaSrc: ["'self'", ...shownFrom(config.media)],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.tls === null ? false : { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** Where pages hold meetings, as the policy names it; nowhere without a media server. */
function reachedAt(media: CentreConfig['media']): readonly string[] {
  return media === null ? [] : [media.url, media.url.replace(/^http/, 'ws')];
}

function shownFrom(media: CentreConfig['media']): readonly string[] {
  return media === null ? [] : ['blob:', media.url];
}

async function closeApp(app: FastifyInstance, live: Live | undefined): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), limits.closeTimeoutMs);
  try {
    await live?.[Symbol.asyncDispose]();
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
