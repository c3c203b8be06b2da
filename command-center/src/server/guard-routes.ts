import { refuse, type Refusal } from '@sightline/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  refusePurpose,
  refuseRegion,
  refuseRole,
  refuseUnproven,
  type AccountViewer,
  type Purpose,
  type Viewer,
} from '#domain/access.ts';
import type { ReadViewer } from './live-seam.ts';
import type { Place, Places } from './places.ts';
import { BadRequest, sendRefusal } from './problem.ts';
import type { ActionRule, RouteRule, Upkeep } from './rule.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null = nobody the server knows. Read from the cookies before every /api route. */
    viewer: Viewer | null;
    /** Where this is done; null before the rule was applied, and where the rule asks for no place. */
    place: Place | null;
  }
}

/** A route and what it asks of its caller. */
export interface RuledRoute {
  readonly method: string;
  readonly url: string;
  readonly rule: RouteRule;
}

export interface GuardDeps {
  readonly readViewer: ReadViewer;
  readonly places: Places;
}

/**
 * The one gate of every route: role and second factor before the body is read, region and purpose
 * before the route runs. Throws at the start of the server for a route without a rule.
 */
export function guardRoutes(app: FastifyInstance, deps: GuardDeps): readonly RuledRoute[] {
  const routes: RuledRoute[] = [];
  app.decorateRequest('viewer', null);
  app.decorateRequest('place', null);
  const gate = async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.header('cache-control', 'no-store');
    const { rule } = request.routeOptions.config;
    const prefer = rule !== undefined && 'action' in rule && rule.as === 'screen';
    request.viewer = await deps.readViewer(
      request.headers.cookie,
      prefer ? 'viewer' : 'account',
      request.headers['user-agent'] ?? '',
    );
    if (rule === undefined || ('door' in rule && rule.door === 'open')) return undefined;
    const refusal = refuseDoor(request.viewer, rule);
    return refusal === null ? undefined : sendRefusal(reply, refusal);
  };
  app.addHook('onRoute', (route) => {
    const { method, url, config } = route;
    const rule = config?.rule ?? pageRule(url);
    if (rule === null) throw new Error(`The route ${String(method)} ${url} has no access rule.`);
    for (const each of [method].flat()) routes.push({ method: each, url, rule });
    // By the route, not by how its address was written; and after its rate limit, which stands there.
    if (url.startsWith('/api/')) route.onRequest = [route.onRequest ?? [], gate].flat();
  });
  app.addHook('preHandler', async (request, reply) => {
    const { rule } = request.routeOptions.config;
    if (rule === undefined || 'door' in rule) return undefined;
    const viewer = viewerOf(request);
    const place = await deps.places[rule.of](request, viewer);
    request.place = place;
    const refusal = refuseRegion(viewer, place.region) ?? purposeRefusal(request, rule);
    return refusal === null ? undefined : sendRefusal(reply, refusal);
  });
  return routes;
}

function refuseDoor(viewer: Viewer | null, rule: RouteRule): Refusal | null {
  const isForAccounts = 'door' in rule && rule.door === 'account';
  if (viewer === null || (isForAccounts && viewer.kind !== 'account'))
    return refuse('not-signed-in', 'Sign in first.');
  if ('door' in rule && rule.door === 'account' && rule.unproven !== true) {
    return refuseUnproven(viewer);
  }
  return 'action' in rule ? refuseRole(viewer, rule.action) : null;
}

/** What is not below /api/ is a page or a part of one: open, for it holds nothing of anybody. */
function pageRule(url: string): RouteRule | null {
  return url.startsWith('/api') ? null : { door: 'open', why: 'a page without anything in it' };
}

function purposeRefusal(request: FastifyRequest, rule: ActionRule) {
  if (rule.purpose !== 'asked') return null;
  return refusePurpose(viewerOf(request), rule.action, askedPurpose(request));
}

function askedPurpose(request: FastifyRequest): string {
  // The query of any route is an object of texts or lists of them.
  const { purpose } = request.query as Readonly<Record<string, unknown>>;
  if (typeof purpose === 'string') return purpose;
  throw new BadRequest(400, 'malformed', 'Say why: ?purpose= is missing.');
}

/** The viewer of a route whose rule let somebody in. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (request.viewer === null) throw new Error(`${request.url} let nobody in.`);
  return request.viewer;
}

/** The account of a route whose rule let an account in. */
export function accountOf(request: FastifyRequest): AccountViewer {
  const viewer = viewerOf(request);
  if (viewer.kind === 'account') return viewer;
  throw new BadRequest(403, 'role', 'A screen may only look.');
}

/** Where the rule found this request to be done: a region inside what the caller may see. */
export function placeOf(request: FastifyRequest): Place {
  if (request.place === null) throw new Error(`${request.url} has no place in its rule.`);
  return request.place;
}

/** Why it is done: one of the purposes granted, or the one its rule names. */
export function purposeOf(request: FastifyRequest): Purpose | Upkeep {
  const { rule } = request.routeOptions.config;
  if (rule === undefined || 'door' in rule || rule.purpose === undefined) {
    throw new Error(`${request.url} has no purpose in its rule.`);
  }
  // The gate has compared it with the access table.
  return rule.purpose === 'asked' ? (askedPurpose(request) as Purpose) : rule.purpose;
}
