import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '#kiosk/problem.ts';

export const sessionCookie = 'sightline_kiosk';
const cookieDays = 400;
const openApi: ReadonlySet<string> = new Set(['/api/session']);

/**
 * Only the kiosk page on this machine comes in: the Host is ours (no DNS rebinding), the Origin of
 * everything that changes something is ours (no other site), and /api needs the session cookie.
 */
export function guardDoor(app: FastifyInstance, token: string): void {
  closeRefusedUpgrades(app);
  app.addHook('onRequest', async (request, reply) => {
    const hosts = ownHosts(app);
    if (!hosts.includes(request.headers.host ?? '')) {
      return refuse(reply, 421, ['wrong-host', 'This is not the address of the kiosk.']);
    }
    const isUpgrade = request.headers.upgrade !== undefined;
    const isSafe = request.method === 'GET' || request.method === 'HEAD';
    const isOwn = hosts.some((host) => request.headers.origin === `http://${host}`);
    if ((!isSafe || isUpgrade) && !isOwn) {
      return refuse(reply, 403, ['wrong-origin', 'The request did not come from the kiosk page.']);
    }
    const path = request.routeOptions.url ?? '';
    if (!path.startsWith('/api/') || openApi.has(path)) return undefined;
    void reply.header('cache-control', 'no-store');
    return hasSession(request, token)
      ? undefined
      : refuse(reply, 401, ['no-session', 'Open the kiosk by the link that the terminal prints.']);
  });
}

/** A refused upgrade leaves its socket to nobody: it is closed with the answer. */
function closeRefusedUpgrades(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.upgrade !== undefined) void reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request) => {
    if (request.headers.upgrade !== undefined) request.raw.socket.destroySoon();
  });
}

/** Turns the link's token into the cookie; false when the token is wrong. */
export function openSession(reply: FastifyReply, token: string, offered: string): boolean {
  if (!isSame(offered, token)) return false;
  void reply.setCookie(sessionCookie, cookieValue(token), {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    maxAge: cookieDays * 24 * 3600,
  });
  return true;
}

function hasSession(request: FastifyRequest, token: string): boolean {
  return isSame(request.cookies[sessionCookie] ?? '', cookieValue(token));
}

/** Follows from the token alone: the page's session outlives a restart of the agent. */
function cookieValue(token: string): string {
  return createHmac('sha256', token).update('kiosk session v1').digest('base64url');
}

function isSame(a: string, b: string): boolean {
  const left = createHmac('sha256', 'compare').update(a).digest();
  return timingSafeEqual(left, createHmac('sha256', 'compare').update(b).digest());
}

function ownHosts(app: FastifyInstance): string[] {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

function refuse(
  reply: FastifyReply,
  status: number,
  [code, detail]: readonly [string, string],
): FastifyReply {
  return sendProblem(reply, { status, code, detail });
}
