import { isRegion, refuse, type Region } from '@sightline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  mayDo,
  narrowScope,
  refuseAccess,
  rolesFor,
  rolesOf,
  type AccountViewer,
  type Action,
  type Viewer,
} from '#domain/access.ts';
import { BadRequest, sendRefusal } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null = nobody the server knows. Read from the cookies before every /api route. */
    viewer: Viewer | null;
  }
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | void>;

/** onRequest hook of a route: somebody with a role that may do this, or 401 / 403. */
export function requireAction(action: Action): Hook {
  return async (request, reply) => {
    if (request.viewer === null) {
      return sendRefusal(reply, refuse('not-signed-in', 'Sign in first.'));
    }
    if (mayDo(rolesOf(request.viewer), action)) return undefined;
    return sendRefusal(
      reply,
      refuse('role', `This needs the role ${rolesFor[action].join(' or ')}.`),
    );
  };
}

/** onRequest hook: a signed-in account, whatever its role. */
export const requireAccount: Hook = async (request, reply) => {
  if (request.viewer?.kind === 'account') return undefined;
  return sendRefusal(reply, refuse('not-signed-in', 'Sign in first.'));
};

/** The viewer of a route whose hook let somebody in. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (request.viewer === null) throw new Error(`${request.url} has no access hook.`);
  return request.viewer;
}

/** The account of a route whose hook let an account in. */
export function accountOf(request: FastifyRequest): AccountViewer {
  const viewer = viewerOf(request);
  if (viewer.kind === 'account') return viewer;
  throw new BadRequest(403, 'role', 'A screen may only look.');
}

/** The scope of a list: what was asked for inside what the viewer may see. 403 when they do not meet. */
export function scopeOf(viewer: Viewer, asked: string | undefined): Region {
  if (asked !== undefined && !isRegion(asked)) {
    throw new BadRequest(400, 'malformed', `"${String(asked)}" is no region code.`);
  }
  const scope = narrowScope(viewer, asked ?? null);
  if (scope !== null) return scope;
  throw new BadRequest(
    403,
    'outside-scope',
    `${asked ?? ''} lies outside your region ${viewer.region}.`,
  );
}

/** Throws 403 unless the viewer may do this in that region. */
export function demand(viewer: Viewer, action: Action, region: Region): void {
  const refusal = refuseAccess(viewer, action, region);
  if (refusal !== null) throw new BadRequest(403, refusal.code, refusal.detail);
}
