import { organisationLists, type OrganisationList } from '@sightline/contracts';
import { listMembers, listOrganisationList, listOrganisations } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { audited } from '../audited.ts';
import { pagesOf, wholeOf } from '../export-file.ts';
import { placeNamer } from '../export-lists.ts';
import { branchColumns, memberColumns, organisationColumns } from '../export-register.ts';
import { exportRoute } from '../export-route.ts';
import { placeOf } from '../guard-routes.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { todayOf } from '../today.ts';

/** The register as files: organisations for all who see them, members by name with an audit row. */
export function exportRegisterRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  exportRoute(app, {
    path: 'organisations',
    rule: { action: 'see-organisations', of: 'scope' },
    read: async (request) => {
      const { region: scope } = placeOf(request);
      return {
        name: `organisations-${scope}`,
        columns: organisationColumns(await placeNamer(store, scope)),
        pages: wholeOf(await listOrganisations(store.pool, { scope, day: todayOf(deps) })),
      };
    },
  });

  exportRoute(app, {
    path: 'organisation-lists',
    rule: { action: 'see-composition', of: 'scope' },
    read: async (request) => {
      const { region: scope } = placeOf(request);
      const list = askedList(request.query);
      const day = todayOf(deps);
      return {
        name: `${list}-${scope}`,
        columns: branchColumns(await placeNamer(store, scope)),
        pages: pagesOf(
          (after: string | null, limit) =>
            listOrganisationList(store.pool, list, { scope, day, limit, after }),
          ({ code }) => code,
        ),
      };
    },
  });

  exportRoute(app, {
    path: 'organisations/:organisationId/members',
    rule: { action: 'see-members', of: 'organisation', purpose: 'asked' },
    isPersonal: true,
    read: async (request) => {
      const { id: organisationId } = placeOf(request);
      const subject = `organisation:${organisationId}`;
      const receipt = await audited(deps, request, { what: 'members.export', subject });
      return {
        name: `members-${organisationId.slice(0, 8)}`,
        columns: memberColumns,
        pages: pagesOf(
          (after: { readonly name: string; readonly memberId: string } | null, limit) =>
            listMembers(store.pool, receipt, { organisationId, after, limit }),
          ({ name, memberId }) => ({ name, memberId }),
        ),
      };
    },
  });
}

function askedList(query: unknown): OrganisationList {
  // The query of any route is an object of texts or lists of them.
  const { list } = query as Readonly<Record<string, unknown>>;
  const found = organisationLists.find((each) => each === list);
  if (found !== undefined) return found;
  throw new BadRequest(400, 'malformed', `There is no list "${String(list)}".`);
}
