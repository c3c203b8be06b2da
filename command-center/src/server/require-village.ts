import { isRegion, type Region } from '@sightline/contracts';
import { findTerminalRegion, type Store } from '@sightline/store';
import type { Action, Viewer } from '#domain/access.ts';
import { BadRequest } from './problem.ts';
import { demand } from './require.ts';

/** A village code of a path, within what the viewer may do there: 400 or 403 otherwise. */
export function demandVillage(viewer: Viewer, action: Action, region: string): Region {
  if (!isRegion(region) || region.length !== 12) {
    throw new BadRequest(400, 'malformed', `"${region}" is no village code: 12 digits.`);
  }
  demand(viewer, action, region);
  return region;
}

/** The village of a terminal, within what the viewer may do there: 404 or 403 otherwise. */
export async function demandTerminal(
  store: Store,
  viewer: Viewer,
  { action, terminalId }: { readonly action: Action; readonly terminalId: string },
): Promise<Region> {
  const region = await findTerminalRegion(store.pool, terminalId);
  if (region === null) {
    throw new BadRequest(404, 'no-such-terminal', `There is no terminal ${terminalId}.`);
  }
  demand(viewer, action, region);
  return region;
}
