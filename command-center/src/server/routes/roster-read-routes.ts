import {
  rosterDaysShown,
  type CalendarView,
  type Page,
  type RosterDayLine,
  type RosterDaysLine,
  type RosterMonthLine,
  type VillagePatterns,
  type VillageRosterView,
} from '@sightline/contracts';
import {
  hasCalendar,
  readAway,
  readDayLines,
  readMonthLines,
  readPatterns,
  readRoster,
  rosterNames,
  rosterVillages,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { daysOfMonth } from '#domain/watch/day-kind.ts';
import { limits } from '#limits.ts';
import { dutyViews, peopleIn } from '#roster/duty-view.ts';
import { calendarDays, readVillageRoster } from '#roster/read-village-roster.ts';
import { audited } from '../audited.ts';
import { placeOf } from '../guard-routes.ts';
import { dayOf, firstDayOf, monthOf, parseVillageCursor } from '../month-query.ts';
import { pageOf } from '../page.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

const ofScope = { action: 'see-roster', of: 'scope', purpose: 'asked' } as const;

/** 值班表, as it is read: months, days, patterns and the calendar they count by. */
export function rosterReadRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get(
    '/api/roster-calendar',
    under({ action: 'see-villages', of: 'scope' }),
    async (request): Promise<CalendarView> => {
      const { region } = placeOf(request);
      const month = monthOf(request);
      return {
        region: region.slice(0, 6),
        month,
        days: await calendarDays(store.pool, { region, month }),
        isImported: await hasCalendar(store.pool, { region, year: Number(month.slice(0, 4)) }),
      };
    },
  );

  app.get(
    '/api/villages/:region/roster',
    under({ action: 'see-roster', of: 'village', purpose: 'asked' }),
    async (request): Promise<VillageRosterView> => {
      const { region } = placeOf(request);
      const month = monthOf(request);
      const receipt = await audited(deps, request, { what: 'roster.read' });
      return readVillageRoster(store.pool, receipt, { region, month });
    },
  );

  app.get<Paged>(
    '/api/rosters',
    under({ action: 'see-villages', of: 'scope' }),
    async (request): Promise<Page<RosterMonthLine>> => {
      const { from, days } = daysOfMonth(monthOf(request));
      const { items, next } = await villagesOf(deps, request);
      const regions = items.map(({ region }) => region);
      const to = `${from.slice(0, 8)}${days}`;
      return { items: await readMonthLines(store.pool, { regions, from, to }), next };
    },
  );

  daysRoute(app, deps);

  app.get<Paged>(
    '/api/rosters/day',
    under(ofScope),
    async (request): Promise<Page<RosterDayLine>> => {
      const day = dayOf(request);
      const receipt = await audited(deps, request, { what: 'roster.read' });
      const { region: scope } = placeOf(request);
      const { items, next } = await villagesOf(deps, request);
      const stored = await readRoster(store.pool, { scope, from: day, to: day });
      const slots = Map.groupBy(stored, ({ region }) => region);
      const regions = items.map(({ region }) => region);
      const gone = await readAway(store.pool, { regions, from: day, to: day });
      const away = Map.groupBy(gone, ({ region }) => region);
      const shown = items.flatMap(({ region }) => slots.get(region) ?? []);
      const names = await rosterNames(store.pool, receipt, {
        scope,
        ids: [...peopleIn(shown), ...gone.map(({ personId }) => personId)],
      });
      const nameOf = new Map(names.map(({ personId, name }) => [personId, { personId, name }]));
      const lines = items.map(({ region }) => {
        const own = slots.get(region) ?? [];
        const out = (away.get(region) ?? []).map(({ personId }) => personId);
        const ids = new Set([...peopleIn(own), ...out]);
        const people = [...ids].flatMap((id) => nameOf.get(id) ?? []);
        return { region, duties: dutyViews(own), people, away: out };
      });
      return { items: lines, next };
    },
  );

  app.get<Paged>(
    '/api/roster-patterns',
    under(ofScope),
    async (request): Promise<Page<VillagePatterns>> => {
      await audited(deps, request, { what: 'roster.patterns-read' });
      const patterns = await readPatterns(store.pool, placeOf(request).region);
      const { items, next } = await villagesOf(deps, request);
      const lines = items.map(({ region }) => ({ region, patterns: patterns.get(region) ?? {} }));
      return { items: lines, next };
    },
  );
}

/** Two weeks of many villages at a glance. */
function daysRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<Paged>(
    '/api/rosters/days',
    under({ action: 'see-villages', of: 'scope' }),
    async (request): Promise<Page<RosterDaysLine>> => {
      const first = Temporal.PlainDate.from(firstDayOf(request));
      const days = Array.from({ length: rosterDaysShown }, (_, index) =>
        first.add({ days: index }).toString(),
      );
      const { items, next } = await villagesOf(deps, request);
      const regions = items.map(({ region }) => region);
      const span = { from: days[0] ?? '', to: days.at(-1) ?? '' };
      const counts = await readDayLines(deps.store.pool, { regions, ...span });
      const lines = regions.map((region) => ({
        region,
        days: days.map((day) => counts.get(region)?.get(day) ?? { required: 0, gaps: 0 }),
      }));
      return { items: lines, next };
    },
  );
}

/** A page of the scope's villages. */
async function villagesOf(
  { store }: RouteDeps,
  request: FastifyRequest<Paged>,
): Promise<Page<{ readonly region: string }>> {
  const rows = await rosterVillages(store.pool, {
    scope: placeOf(request).region,
    after: parseVillageCursor(request.query['after']),
    limit: limits.pageRows + 1,
  });
  return pageOf(rows, ({ region }) => region);
}
