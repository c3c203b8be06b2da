import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a request shows: `Authorization: Bearer`, or `?token=` where an element of a page asks by itself. */
export function bearerOf(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  if (authorization?.startsWith('Bearer ') === true) return authorization.slice('Bearer '.length);
  // Fastify's own parse of the query; looked at before it is believed.
  const { token } = request.query as { readonly token?: unknown };
  return typeof token === 'string' ? token : null;
}

/** Pages of kiosk and console come from elsewhere; what lets them in is the token, never a cookie. */
export function allowPages(reply: FastifyReply): FastifyReply {
  return (
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-allow-headers', 'authorization, content-type, range')
      .header('access-control-allow-methods', 'GET, PUT, OPTIONS')
      .header('access-control-expose-headers', 'content-range, content-length')
      // What others uploaded is a picture or a film, opened by itself too: nothing in it runs.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
  );
}

export function problem(
  reply: FastifyReply,
  status: number,
  { code, detail }: { readonly code: string; readonly detail: string },
): FastifyReply {
  return allowPages(reply)
    .status(status)
    .type('application/problem+json')
    .send({ status, code, detail });
}
