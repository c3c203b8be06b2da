import { listComplaints } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { audited } from '../audited.ts';
import { complaintColumns } from '../export-complaints.ts';
import { pagesOf } from '../export-file.ts';
import { placeNamer } from '../export-lists.ts';
import { exportRoute } from '../export-route.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';

/** What complaints there are, as the page lists them: none about the reader, none with its words. */
export function exportComplaintRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store, config } = deps;

  exportRoute(app, {
    path: 'complaints',
    rule: { action: 'see-complaints', of: 'scope', purpose: 'asked' },
    isPersonal: true,
    read: async (request) => {
      const { region: scope } = placeOf(request);
      const { login } = accountOf(request);
      // The query of any route is an object of texts or lists of them.
      const { show } = request.query as Readonly<Record<string, unknown>>;
      const onlyOpen = show !== 'all';
      const receipt = await audited(deps, request, { what: 'complaints.export' });
      return {
        name: `complaints-${scope}`,
        columns: complaintColumns(await placeNamer(store, scope), config.complaintAnswerDays),
        pages: pagesOf(
          (from: number | null, limit) =>
            listComplaints(store.pool, receipt, { scope, login, onlyOpen, limit, from }),
          ({ position }) => position,
        ),
      };
    },
  });
}
