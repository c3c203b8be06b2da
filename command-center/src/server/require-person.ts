import { uuidPattern, type Region } from '@sightline/contracts';
import { findPerson, type Store } from '@sightline/store';
import type { Action, Viewer } from '#domain/access.ts';
import { BadRequest } from './problem.ts';
import { demand } from './require.ts';

export type OfPerson = { readonly Params: { readonly personId: string } };

const uuid = new RegExp(uuidPattern);

/** The village of a person, within what the viewer may do there: 404 or 403 otherwise. */
export async function demandPerson(
  store: Store,
  viewer: Viewer,
  { action, personId }: { readonly action: Action; readonly personId: string },
): Promise<Region> {
  const found = uuid.test(personId) ? await findPerson(store.pool, personId) : null;
  if (found === null) throw new BadRequest(404, 'no-such-person', 'There is no such person.');
  demand(viewer, action, found.region);
  return found.region;
}
