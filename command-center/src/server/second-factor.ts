import type { Me } from '@sightline/contracts';
import { hasConfirmedFactor } from '@sightline/store';
import { isAdministrator, type Viewer } from '#domain/access.ts';
import type { RouteDeps } from './route-deps.ts';

/** Where a viewer stands with the second factor; null where none is asked of them. */
export async function secondFactorOf(
  { store }: Pick<RouteDeps, 'store'>,
  viewer: Viewer,
): Promise<Me['secondFactor']> {
  if (viewer.kind === 'viewer' || !isAdministrator(viewer.roles)) return null;
  if (viewer.hasSecondFactor) return 'proven';
  return (await hasConfirmedFactor(store.pool, viewer.accountId)) ? 'to-prove' : 'to-set-up';
}
