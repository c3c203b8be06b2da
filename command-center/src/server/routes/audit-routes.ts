import type { AuditVerdictView, AuditView, Page } from '@sightline/contracts';
import { listAudit, verifyAudit } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { auditFilterOf } from '../audit-filter.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { viewAudit } from '../view-audit.ts';

/** Who looked at what and did what, and whether the chain still holds. */
export function auditRoutes(app: FastifyInstance, { store }: RouteDeps): void {
  const rule = under({ action: 'see-audit', of: 'scope' });

  app.get<{ Querystring: { before?: string } }>(
    '/api/audit',
    rule,
    async (request): Promise<Page<AuditView>> => {
      const scope = placeOf(request).region;
      const before = parseNumberCursor(request.query.before);
      const filter = auditFilterOf(request.query);
      const page = { scope, before, filter, limit: limits.pageRows + 1 };
      const views = await viewAudit(store, await listAudit(store.pool, page));
      return pageOf(views, (view) => String(view.seq));
    },
  );

  app.get('/api/audit/verify', rule, async (): Promise<AuditVerdictView> => {
    const { rows, head, brokenAt } = await verifyAudit(store.pool);
    return { rows, headSeq: head.seq, headHash: head.hash, brokenAt };
  });
}
