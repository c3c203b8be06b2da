import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fastifyCookie } from '@fastify/cookie';
import { fastifyHelmet } from '@fastify/helmet';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { fastifyStatic } from '@fastify/static';
import { fastifyWebsocket, type WebSocket } from '@fastify/websocket';
import { frameLimits, type KioskMessage } from '@sightline/contracts';
import { fastify, type FastifyInstance } from 'fastify';
import { guardDoor } from '#kiosk/guard-door.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { installProblems } from '#kiosk/problem.ts';
import { registerRoutes, type KioskCommands } from '#kiosk/register-routes.ts';
import type { TerminalLog } from '#terminal.ts';

const builtPages = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface AppParts {
  readonly commands: KioskCommands;
  readonly token: string;
  readonly log: TerminalLog;
  /** The folder of the built page; the package's own unless told. */
  readonly pages?: string;
  onSocket(socket: WebSocket): void;
}

/** The kiosk's server with everything plugged in, not yet listening. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: kioskLimits.bodyBytes,
    requestTimeout: kioskLimits.requestMs,
    forceCloseConnections: true,
    // The page's values are taken as they are or refused, never bent into shape.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  installProblems(app, parts.log);
  await app.register(fastifyCookie);
  guardDoor(app, parts.token);
  await app.register(fastifyRateLimit, {
    max: kioskLimits.requestsPerMinute,
    timeWindow: '1 minute',
  });
  await app.register(fastifyHelmet, policiesOf(parts.commands));
  await app.register(fastifyWebsocket, {
    options: { maxPayload: frameLimits.bytes, perMessageDeflate: false },
  });
  registerRoutes(app, parts.commands, parts.token);
  app.get('/api/kiosk', { websocket: true }, (socket) => parts.onSocket(socket));
  app.get('/healthz', async (_, reply) => {
    const health = { parts: parts.commands.state().parts };
    return reply.code(health.parts.some(({ state }) => state === 'down') ? 503 : 200).send(health);
  });
  await servePages(app, parts.pages ?? builtPages);
  return app;
}

/** The page speaks to its agent, and for a meeting to the media servers the agent knows: to nobody else. */
const policiesOf = ({ mediaOrigins }: Pick<KioskCommands, 'mediaOrigins'>) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: [() => ["'self'", ...mediaOrigins()].join(' ')],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false as const,
  referrerPolicy: { policy: 'no-referrer' as const },
});

async function servePages(app: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(root)) {
    app.get('/', async (_, reply) =>
      reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The kiosk page is not built yet: npm run -w @sightline/edge-agent build'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root,
    setHeaders(reply, path) {
      // Vite puts a content hash in every asset's name; the page itself is asked for each time.
      const isAsset = path.includes('/assets/');
      void reply.header('cache-control', isAsset ? 'max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** A first word for a page that has just come in. */
export function helloOf(commands: KioskCommands): KioskMessage {
  return { kind: 'state', state: commands.state() };
}
