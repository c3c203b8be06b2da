import {
  listAccounts,
  listAudit,
  listCheckIns,
  listPeople,
  listQuality,
  listQuarantine,
  qualityCursor,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { isQualityCheck } from '#domain/data-quality.ts';
import { auditFilterOf } from '../audit-filter.ts';
import { audited } from '../audited.ts';
import { pagesOf, wholeOf } from '../export-file.ts';
import {
  auditColumns,
  placeNamer,
  terminalColumns,
  troubleColumns,
  villageColumns,
} from '../export-lists.ts';
import { accountColumns, checkInColumns, personColumns, qualityColumns } from '../export-people.ts';
import { exportRoute } from '../export-route.ts';
import { placeOf } from '../guard-routes.ts';
import { BadRequest } from '../problem.ts';
import { readTerminals, type AfterTerminal } from '../read-terminals.ts';
import { readVillages } from '../read-villages.ts';
import type { RouteDeps } from '../route-deps.ts';
import { todayOf } from '../today.ts';
import { viewAudit } from '../view-audit.ts';

/** 导出. Every list as a file, under the list's own rule; one with names leaves an audit row. */
export function exportRoutes(app: FastifyInstance, deps: RouteDeps): void {
  placeRoutes(app, deps);
  villageRoutes(app, deps);
  auditRoute(app, deps);
  accountRoute(app, deps);
  qualityRoute(app, deps);
}

function placeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  exportRoute(app, {
    path: 'villages',
    rule: { action: 'see-villages', of: 'scope' },
    read: async (request) => {
      const { region } = placeOf(request);
      return {
        name: `villages-${region}`,
        columns: villageColumns(await placeNamer(store, region)),
        pages: wholeOf(await readVillages(store, region)),
      };
    },
  });

  exportRoute(app, {
    path: 'terminals',
    rule: { action: 'see-villages', of: 'scope' },
    read: async (request) => {
      const { region } = placeOf(request);
      return {
        name: `terminals-${region}`,
        columns: terminalColumns(await placeNamer(store, region)),
        pages: pagesOf(
          (after: AfterTerminal | null, limit) => readTerminals(deps, region, { after, limit }),
          (row) => row,
        ),
      };
    },
  });

  exportRoute(app, {
    path: 'trouble',
    rule: { action: 'see-trouble', of: 'scope' },
    read: async (request) => {
      const { region } = placeOf(request);
      return {
        name: `trouble-${region}`,
        columns: troubleColumns(await placeNamer(store, region)),
        pages: pagesOf(
          (beforeId: number | null, limit) =>
            listQuarantine(store.pool, region, {
              limit,
              ...(beforeId === null ? {} : { beforeId }),
            }),
          ({ id }) => id,
        ),
      };
    },
  });
}

/** The people of a village and their check-ins, by name. */
function villageRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const rule = { action: 'see-people', of: 'village', purpose: 'asked' } as const;

  exportRoute(app, {
    path: 'villages/:region/people',
    rule,
    isPersonal: true,
    read: async (request) => {
      const { region } = placeOf(request);
      const receipt = await audited(deps, request, { what: 'people.export' });
      const people = await listPeople(store.pool, receipt, { region, withRetired: true });
      return { name: `people-${region}`, columns: personColumns, pages: wholeOf(people) };
    },
  });

  exportRoute(app, {
    path: 'villages/:region/check-ins',
    rule,
    isPersonal: true,
    read: async (request) => {
      const { region } = placeOf(request);
      const receipt = await audited(deps, request, { what: 'check-ins.export' });
      return {
        name: `check-ins-${region}`,
        columns: checkInColumns,
        pages: pagesOf(
          (before: { readonly at: string; readonly id: string } | null, limit) =>
            listCheckIns(store.pool, receipt, { region, limit, before }),
          ({ at, id }) => ({ at, id }),
        ),
      };
    },
  });
}

/** The audit as it is filtered on the page. Taking it out is itself on record. */
function auditRoute(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  exportRoute(app, {
    path: 'audit',
    rule: { action: 'see-audit', of: 'scope', purpose: 'access-upkeep' },
    isPersonal: true,
    read: async (request) => {
      const { region: scope } = placeOf(request);
      const filter = auditFilterOf(request.query);
      await audited(deps, request, { what: 'audit.export' });
      return {
        name: `audit-${scope}`,
        columns: auditColumns(await placeNamer(store, scope)),
        pages: pagesOf(
          async (before: number | null, limit) =>
            viewAudit(store, await listAudit(store.pool, { scope, before, limit, filter })),
          ({ seq }) => seq,
        ),
      };
    },
  });
}

function accountRoute(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  exportRoute(app, {
    path: 'accounts',
    rule: { action: 'change-access', of: 'scope', purpose: 'access-upkeep' },
    isPersonal: true,
    read: async (request) => {
      const { region } = placeOf(request);
      await audited(deps, request, { what: 'accounts.export' });
      return {
        name: `accounts-${region}`,
        columns: accountColumns(await placeNamer(store, region)),
        pages: pagesOf(
          (after: { readonly at: string; readonly id: string } | null, limit) =>
            listAccounts(store.pool, { scope: region, after, limit }),
          ({ createdAt, accountId }) => ({ at: createdAt, id: accountId }),
        ),
      };
    },
  });
}

function qualityRoute(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  exportRoute(app, {
    path: 'quality',
    rule: { action: 'see-organisations', of: 'scope' },
    read: async (request) => {
      const { region: scope } = placeOf(request);
      // The query of any route is an object of texts or lists of them.
      const { check } = request.query as Readonly<Record<string, unknown>>;
      if (typeof check !== 'string' || !isQualityCheck(check)) {
        throw new BadRequest(400, 'malformed', `There is no check "${String(check)}".`);
      }
      const today = todayOf(deps);
      return {
        name: `${check}-${scope}`,
        columns: qualityColumns(check, await placeNamer(store, scope)),
        pages: pagesOf(
          (after: string | null, limit) =>
            listQuality(store.pool, check, { scope, today, after, limit }),
          qualityCursor,
        ),
      };
    },
  });
}
