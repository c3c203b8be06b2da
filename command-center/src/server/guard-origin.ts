import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isKnownHost, isKnownOrigin, type Door } from '#domain/listener.ts';
import { BadRequest } from './problem.ts';

const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses requests that did not come from a page of ours: a foreign Host (DNS rebinding) always, a
 * foreign or absent Origin on everything that changes something (CSRF).
 */
export function guardOrigin(app: FastifyInstance, door: () => Door): void {
  app.addHook('onRequest', async (request) => {
    refuseAmbiguous(request);
    if (!isKnownHost(request.headers.host, door())) {
      throw new BadRequest(421, 'wrong-host', `This server is not ${request.headers.host ?? ''}.`);
    }
    if (safeMethods.includes(request.method)) return;
    if (!isKnownOrigin(request.headers.origin, door())) {
      throw new BadRequest(403, 'wrong-origin', 'The request did not come from a page of ours.');
    }
  });
}

/**
 * A request that two servers in a row may read differently: a whole address where a path belongs
 * (RFC 9112, 3.2.2, is for proxies), or more than one Host (3.2: answer 400).
 */
function refuseAmbiguous({ raw }: FastifyRequest): void {
  const hosts = raw.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
  );
  if (raw.url?.startsWith('/') === true && hosts.length === 1) return;
  throw new BadRequest(400, 'malformed', 'A path and one Host are expected.');
}

/** Host and Origin of a socket's upgrade request are ours. */
export function isKnownPage(headers: IncomingHttpHeaders, door: Door): boolean {
  return isKnownHost(headers.host, door) && isKnownOrigin(headers.origin, door);
}
