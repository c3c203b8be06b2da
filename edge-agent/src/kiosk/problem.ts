import type { Refusal } from '@sightline/contracts';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { TerminalLog } from '#terminal.ts';

/** RFC 9457 problem+json, as every door of the house answers. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

export function sendProblem(reply: FastifyReply, { status, code, detail }: Problem): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: `urn:sightline:${code}`, status, code, detail }));
}

/** An expected "no": 409. */
export function sendRefusal(reply: FastifyReply, { code, detail }: Refusal): FastifyReply {
  return sendProblem(reply, { status: 409, code, detail });
}

/** Every error leaves as problem+json; a fault of ours is logged once and says nothing of itself. */
export function installProblems(app: FastifyInstance, log: TerminalLog): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const code = (error.code ?? 'bad-request').toLowerCase().replaceAll('_', '-');
      return sendProblem(reply, { status, code, detail: error.message });
    }
    // The fault's own words only: a request may hold a PIN or a code.
    log.error({ fault: error.stack, url: request.routeOptions.url }, 'A request failed.');
    const detail = 'The terminal could not do this. It has been logged; try again.';
    return sendProblem(reply, { status: 500, code: 'fault', detail });
  });
  app.setNotFoundHandler((_, reply) => {
    return sendProblem(reply, { status: 404, code: 'not-found', detail: 'Nothing is here.' });
  });
}
