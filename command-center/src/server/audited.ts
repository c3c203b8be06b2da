import { appendAudit, type AuditReceipt } from '@sightline/store';
import type { FastifyRequest } from 'fastify';
import type { Viewer } from '#domain/access.ts';
import { placeOf, purposeOf, viewerOf } from './guard-routes.ts';
import type { RouteDeps } from './route-deps.ts';

/** `account:<id>` or `viewer:<id>`: who stands in audit rows and facts. */
export function actorOf(viewer: Viewer): string {
  return viewer.kind === 'account' ? `account:${viewer.accountId}` : `viewer:${viewer.tokenId}`;
}

/**
 * Writes the audit row of a request, where and why its rule found it, before anything is read;
 * without the receipt the read functions cannot be called. `what`: such as `people.read`.
 */
export function audited(
  { store, now }: Pick<RouteDeps, 'store' | 'now'>,
  request: FastifyRequest,
  { what, subject = null }: { readonly what: string; readonly subject?: string | null },
): Promise<AuditReceipt> {
  const entry = {
    who: actorOf(viewerOf(request)),
    what,
    region: placeOf(request).region,
    purpose: purposeOf(request),
    subject,
  };
  return appendAudit(store.pool, { entry, now: now() });
}
