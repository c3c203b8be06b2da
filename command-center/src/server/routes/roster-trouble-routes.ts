import { shiftAt, type Page, type RosterTroubleView } from '@sightline/contracts';
import {
  readRosterTroubles,
  rosterNames,
  type RosterTrouble,
  type TroubleCursor,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { proposeFallbacks } from '#roster/propose-fallbacks.ts';
import { audited } from '../audited.ts';
import { placeOf } from '../guard-routes.ts';
import { parseTroubleCursor } from '../month-query.ts';
import { pageOf } from '../page.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** 空岗与冲突, of the next 30 days, each with somebody who could stand there. */
export function rosterTroubleRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.get<Paged>(
    '/api/roster-troubles',
    under({ action: 'see-roster', of: 'scope', purpose: 'asked' }),
    async (request): Promise<Page<RosterTroubleView>> => {
      const { region: scope } = placeOf(request);
      const after = parseTroubleCursor(request.query['after']);
      const receipt = await audited(deps, request, { what: 'roster.read' });
      const { pool } = deps.store;
      const { items, next } = await troublesOf(deps, scope, after);
      const proposals = await proposeFallbacks(deps.store.pool, items);
      const ids = items.flatMap(({ personId }, index) => [personId, proposals[index] ?? null]);
      const names = await rosterNames(pool, receipt, {
        scope,
        ids: ids.filter((id) => id !== null),
      });
      const nameOf = new Map(names.map(({ personId, name }) => [personId, { personId, name }]));
      const shown = items.map(({ region, kind, post, shift, personId }, index) => ({
        region,
        kind,
        post,
        shift,
        person: nameOf.get(personId ?? '') ?? null,
        proposed: nameOf.get(proposals[index] ?? '') ?? null,
      }));
      return { items: shown, next };
    },
  );
}

async function troublesOf(
  { store, now }: RouteDeps,
  scope: string,
  after: TroubleCursor | null,
): Promise<Page<RosterTrouble>> {
  const fromShift = shiftAt(now()).key;
  const from = fromShift.slice(0, 10);
  const to = Temporal.PlainDate.from(from).add({ days: limits.troubleDays }).toString();
  const rows = await readRosterTroubles(store.pool, {
    scope,
    from,
    to,
    fromShift,
    after,
    limit: limits.pageRows + 1,
  });
  return pageOf(rows, ({ shift, region, post, kind }) => [shift, region, post, kind].join('_'));
}
