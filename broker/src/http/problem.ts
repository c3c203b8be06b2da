import type { Refusal } from '@sightline/contracts';
import type { FastifyReply } from 'fastify';

/** RFC 9457. */
export function problem(
  reply: FastifyReply,
  status: number,
  { code, detail }: Refusal,
): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ title: code, status, code, detail }));
}
