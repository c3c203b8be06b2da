import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { isKnownHost, isKnownOrigin, type Door } from '#domain/listener.ts';
import { BadRequest } from './problem.ts';

const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses requests that did not come from a page of ours: a foreign Host (DNS rebinding) always, a
 * foreign or absent Origin on everything that changes something (CSRF).
 */
export function guardOrigin(app: FastifyInstance, door: () => Door): void {
  app.addHook('onRequest', async (request) => {
    if (!isKnownHost(request.headers.host, door())) {
      throw new BadRequest(421, 'wrong-host', `This server is not ${request.headers.host ?? ''}.`);
    }
    if (safeMethods.includes(request.method)) return;
    if (!isKnownOrigin(request.headers.origin, door())) {
      throw new BadRequest(403, 'wrong-origin', 'The request did not come from a page of ours.');
    }
  });
}

/** Host and Origin of a socket's upgrade request are ours. */
export function isKnownPage(headers: IncomingHttpHeaders, door: Door): boolean {
  return isKnownHost(headers.host, door) && isKnownOrigin(headers.origin, door);
}
