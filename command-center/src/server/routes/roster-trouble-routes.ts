import { shiftAt, type Page, type RosterSlot, type RosterTroubleView } from '@sightline/contracts';
import {
  readPatterns,
  readRoster,
  readRosterTroubles,
  rosterNames,
  rosterPeople,
  type RosterTrouble,
  type Store,
  type TroubleCursor,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { proposeFallback } from '#domain/watch/propose-fallback.ts';
import { limits } from '#limits.ts';
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
      const proposals = await propose(deps.store, items);
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

/** Who could stand there, in the order of the troubles. */
async function propose(
  { pool }: Store,
  troubles: readonly RosterTrouble[],
): Promise<(string | null)[]> {
  const grounds = new Map<string, Awaited<ReturnType<typeof groundOf>>>();
  for (const region of new Set(troubles.map((trouble) => trouble.region))) {
    const own = troubles.filter((trouble) => trouble.region === region);
    grounds.set(region, await groundOf({ pool }, region, own));
  }
  return troubles.map((trouble) => {
    const ground = grounds.get(trouble.region);
    if (ground === undefined) return null;
    const { people, patterns, slots } = ground;
    return proposeFallback(trouble, { people, pattern: patterns[trouble.post], slots });
  });
}

/** A village as proposals need it: its people, patterns, and slots around those cells. */
async function groundOf(
  { pool }: Pick<Store, 'pool'>,
  region: string,
  troubles: readonly RosterTrouble[],
) {
  const days = troubles.map(({ shift }) => shift.slice(0, 10)).toSorted();
  const first = Temporal.PlainDate.from(days[0] ?? '').subtract({ days: 2 });
  const last = Temporal.PlainDate.from(days.at(-1) ?? '').add({ days: 2 });
  const slots: readonly RosterSlot[] = await readRoster(pool, {
    scope: region,
    from: first.toString(),
    to: last.toString(),
  });
  const people = (await rosterPeople(pool, region)).get(region) ?? [];
  const patterns = (await readPatterns(pool, region)).get(region) ?? {};
  return { slots, people, patterns };
}
