import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const gzipAsync = promisify(gzip);
const worthwhileBytes = 4096;

/** Sends long JSON replies gzipped: all villages are 250 kB as text, 15 kB so. */
export function compressReplies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const accepts = String(request.headers['accept-encoding'] ?? '').includes('gzip');
    if (!accepts || typeof payload !== 'string' || payload.length < worthwhileBytes) return payload;
    void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding');
    void reply.removeHeader('content-length');
    return gzipAsync(payload);
  });
}
