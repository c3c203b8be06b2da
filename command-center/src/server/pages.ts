import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where `npm run build` puts the pages. */
export const builtPages = fileURLToPath(new URL('../../dist/', import.meta.url));
const nonceMark = /__CSP_NONCE__/g;

/** Serves the built pages: /console/ (with its routes), /screen/, and their assets for ever. */
export async function servePages(app: FastifyInstance, pagesDir: string): Promise<void> {
  app.get('/', async (_, reply) => reply.redirect('/console/'));
  for (const page of ['console', 'screen'] as const) {
    const send = pageSender(join(pagesDir, `${page}.html`));
    app.get(`/${page}`, async (_, reply) => reply.redirect(`/${page}/`));
    app.get(`/${page}/*`, async (_, reply) => send(reply));
  }
  if (!existsSync(join(pagesDir, 'assets'))) return;
  await app.register(fastifyStatic, {
    root: join(pagesDir, 'assets'),
    prefix: '/assets/',
    // Vite puts a content hash in every asset's name.
    immutable: true,
    maxAge: '365d',
    index: false,
    // Made by the build beside each asset worth it.
    preCompressed: true,
  });
}

function pageSender(file: string): (reply: FastifyReply) => FastifyReply {
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
