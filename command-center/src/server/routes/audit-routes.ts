import type { AuditVerdictView, AuditView, Page } from '@sightline/contracts';
import { listAudit, loginsOf, verifyAudit } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const accountPrefix = 'account:';

/** Who looked at what and did what, and whether the chain still holds. */
export function auditRoutes(app: FastifyInstance, { store }: RouteDeps): void {
  const rule = under({ action: 'see-audit', of: 'scope' });

  app.get<{ Querystring: { before?: string } }>(
    '/api/audit',
    rule,
    async (request): Promise<Page<AuditView>> => {
      const scope = placeOf(request).region;
      const before = parseNumberCursor(request.query.before);
      const rows = await listAudit(store.pool, { scope, before, limit: limits.pageRows + 1 });
      const accounts = rows
        .filter((row) => row.who.startsWith(accountPrefix))
        .map((row) => row.who.slice(accountPrefix.length));
      const logins = await loginsOf(store.pool, [...new Set(accounts)]);
      const views = rows.map((row) => ({
        ...row,
        login: logins.get(row.who.slice(accountPrefix.length)) ?? null,
      }));
      return pageOf(views, (view) => String(view.seq));
    },
  );

  app.get('/api/audit/verify', rule, async (): Promise<AuditVerdictView> => {
    const { rows, head, brokenAt } = await verifyAudit(store.pool);
    return { rows, headSeq: head.seq, headHash: head.hash, brokenAt };
  });
}
