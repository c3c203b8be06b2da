import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const builtPages = fileURLToPath(new URL('../../dist/', import.meta.url));
const nonceMark = /__CSP_NONCE__/g;

/** Serves the built pages: /console/ (with its routes), /screen/, and their assets for ever. */
export async function servePages(app: FastifyInstance): Promise<void> {
  app.get('/', async (_, reply) => reply.redirect('/console/'));
  for (const page of ['console', 'screen'] as const) {
    const send = pageSender(page);
    app.get(`/${page}`, async (_, reply) => reply.redirect(`/${page}/`));
    app.get(`/${page}/*`, async (_, reply) => send(reply));
  }
  if (!existsSync(`${builtPages}assets`)) return;
  await app.register(fastifyStatic, {
    root: `${builtPages}assets`,
    prefix: '/assets/',
    // Vite puts a content hash in every asset's name.
    immutable: true,
    maxAge: '365d',
    index: false,
  });
}

function pageSender(page: string): (reply: FastifyReply) => FastifyReply {
  const file = `${builtPages}${page}.html`;
  if (!existsSync(file)) {
    return (reply) =>
      reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The pages are not built yet: npm run -w @sightline/command-center build');
  }
  const html = readFileSync(file, 'utf8');
  return (reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(html.replaceAll(nonceMark, reply.cspNonce.style));
}
