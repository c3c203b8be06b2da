import {
  uuidPattern,
  type Page,
  type Reachability,
  type SpotCheckLine,
  type SpotCheckProgress,
  type SpotCheckView,
} from '@sightline/contracts';
import {
  listCheckedVillages,
  listSpotChecks,
  reachabilityBelow,
  reachabilityByDay,
  reachabilityOf,
  readFunnel,
  readReciprocal,
  readSpotCheck,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { reachOf, viewCheckVillage } from '#domain/view-spot-check.ts';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf, parseCursor } from '../page.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

interface OfCheck {
  readonly Params: { readonly checkId: string };
}

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** What became of checks, each within what the asker may see; names only in one that is opened. */
export function spotCheckReadRoutes(app: FastifyInstance, deps: RouteDeps): void {
  listRoute(app, deps);
  oneRoutes(app, deps);
  reachabilityRoute(app, deps);
}

function listRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<Paged>(
    '/api/spot-checks',
    under({ action: 'see-spot-checks', of: 'scope', purpose: 'asked' }),
    async (request): Promise<Page<SpotCheckLine>> => {
      const before = parseCursor(request.query['before']);
      const receipt = await audited(deps, request, { what: 'spot-checks.list' });
      const page = { scope: placeOf(request).region, limit: limits.pageRows + 1, before };
      const rows = await listSpotChecks(deps.store.pool, receipt, page);
      return pageOf(rows, ({ orderedAt, checkId }) => `${orderedAt}_${checkId}`);
    },
  );
}

function oneRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store, now } = deps;
  app.get<OfCheck>(
    '/api/spot-checks/:checkId',
    under({ action: 'see-spot-checks', of: 'scope', purpose: 'asked' }),
    async (request): Promise<SpotCheckView> => {
      const checkId = checkIdOf(request.params);
      const subject = `spot-check:${checkId}`;
      const receipt = await audited(deps, request, { what: 'spot-check.read', subject });
      const asked = { checkId, scope: placeOf(request).region };
      return (await readSpotCheck(store.pool, receipt, asked)) ?? noSuchCheck(checkId);
    },
  );

  // Asked every second while a ring is watched: two reads by key, and no name in them.
  app.get<OfCheck>(
    '/api/spot-checks/:checkId/funnel',
    under({ action: 'see-reachability', of: 'scope' }),
    async (request): Promise<SpotCheckProgress> => {
      const checkId = checkIdOf(request.params);
      const asked = { checkId, scope: placeOf(request).region };
      const funnel = (await readFunnel(store.pool, asked)) ?? noSuchCheck(checkId);
      const rows = await listCheckedVillages(store.pool, asked);
      const villages = rows.map(viewCheckVillage);
      return { at: now().toString(), funnel, villages, ...reachOf(villages) };
    },
  );
}

/** 可达时长 and 上级应答时长, without anybody's name. */
function reachabilityRoute(app: FastifyInstance, { store: { pool }, now }: RouteDeps): void {
  app.get<Paged>(
    '/api/reachability',
    under({ action: 'see-reachability', of: 'scope' }),
    async (request): Promise<Reachability> => {
      const today = now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
      const to = dayOf(request.query['to']) ?? today;
      const from = dayOf(request.query['from']) ?? to.subtract({ days: 29 });
      if (from.until(to).days < 0 || from.until(to).days >= limits.reachabilityDays) {
        throw new BadRequest(
          400,
          'malformed',
          `At most ${limits.reachabilityDays} days, in order.`,
        );
      }
      const scope = placeOf(request).region;
      const period = { scope, from: from.toString(), to: to.toString() };
      const [whole, below, days, reciprocal] = await Promise.all([
        reachabilityOf(pool, period),
        scope.length === 12 ? [] : reachabilityBelow(pool, period),
        reachabilityByDay(pool, period),
        readReciprocal(pool, period),
      ]);
      return { whole, below, days, reciprocal };
    },
  );
}

const day = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(text: string | undefined): Temporal.PlainDate | null {
  if (text === undefined) return null;
  try {
    if (day.test(text)) return Temporal.PlainDate.from(text);
  } catch {
    // No such day in the calendar: said below.
  }
  throw new BadRequest(400, 'malformed', `"${text}" is no day: YYYY-MM-DD.`);
}

const uuid = new RegExp(uuidPattern);

function checkIdOf({ checkId }: OfCheck['Params']): string {
  return uuid.test(checkId) ? checkId : noSuchCheck(checkId);
}

function noSuchCheck(checkId: string): never {
  throw new BadRequest(404, 'no-such-check', `There is no spot check ${checkId} there.`);
}
