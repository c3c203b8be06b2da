import { appendAudit, type AuditReceipt } from '@sightline/store';
import type { Region } from '@sightline/contracts';
import type { Viewer } from '#domain/access.ts';
import type { RouteDeps } from './route-deps.ts';

export interface AuditedAct {
  readonly viewer: Viewer;
  /** Such as `people.read`. */
  readonly what: string;
  readonly region: Region;
  readonly purpose: string;
  readonly subject?: string;
}

/** `account:<id>` or `viewer:<id>`: who stands in audit rows and facts. */
export function actorOf(viewer: Viewer): string {
  return viewer.kind === 'account' ? `account:${viewer.accountId}` : `viewer:${viewer.tokenId}`;
}

/** Writes the audit row before anything is read; without it the read functions cannot be called. */
export function audited(
  { store, now }: Pick<RouteDeps, 'store' | 'now'>,
  act: AuditedAct,
): Promise<AuditReceipt> {
  const { viewer, subject, ...rest } = act;
  const entry = { who: actorOf(viewer), subject: subject ?? null, ...rest };
  return appendAudit(store.pool, { entry, now: now() });
}
