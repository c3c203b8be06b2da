import type { Refusal } from '@sightline/contracts';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

/** A request that can never succeed as it stands: 4xx, said in one sentence. */
export class BadRequest extends Error {
  readonly statusCode: number;
  readonly code: string;
  constructor(statusCode: number, code: string, detail: string) {
    super(detail);
    this.statusCode = statusCode;
    this.code = code;
  }
}

const statusOfRefusal: Readonly<Record<string, number>> = {
  role: 403,
  purpose: 403,
  'second-factor-needed': 403,
  'outside-scope': 403,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'wrong-code': 401,
  'too-many-requests': 429,
  'too-many-attempts': 429,
  'too-many-codes': 429,
};

/** Answers with a refusal: RFC 9457 problem+json, 409 unless the code says otherwise. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return sendProblem(reply, statusOfRefusal[refusal.code] ?? 409, refusal);
}

function sendProblem(
  reply: FastifyReply,
  status: number,
  { code, detail }: { readonly code: string; readonly detail: string },
): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: `urn:sightline:${code}`, status, code, detail }));
}

/** Every error leaves as problem+json; a fault of ours is logged once and says nothing of itself. */
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error({ err: error }, 'The request failed.');
      return sendProblem(reply, status === 503 ? 503 : 500, {
        code: 'fault',
        detail: 'The server could not do this. It has been logged; try again.',
      });
    }
    const code = error instanceof BadRequest ? error.code : codeOf(error, status);
    return sendProblem(reply, status, { code, detail: error.message });
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, { code: 'not-found', detail: `There is no ${request.url} here.` }),
  );
}

function codeOf(error: FastifyError, status: number): string {
  if (status === 413) return 'too-large';
  if (status === 429) return 'too-many-requests';
  return (error.code ?? 'bad-request').toLowerCase().replaceAll('_', '-');
}
