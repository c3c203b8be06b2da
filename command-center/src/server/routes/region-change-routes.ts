import {
  isRefusal,
  MergeRegionsRequest,
  MoveRegionRequest,
  type Refusal,
} from '@sightline/contracts';
import {
  applyRegionChange,
  holdRegions,
  type Client,
  type HeldRegions,
  type RegisterChange,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { refuseRegion } from '#domain/access.ts';
import {
  decideMerge,
  decideMove,
  type RegionChange,
  type RegionHistory,
  type RegionState,
} from '#domain/region-history.ts';
import { command, sendResult } from '../commands.ts';
import { viewerOf } from '../guard-routes.ts';
import { noteRegisterFact } from '../note-register-fact.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseMerge = parser(MergeRegionsRequest);
const parseMove = parser(MoveRegionRequest);
const ofBody = under({ action: 'change-regions', of: 'body', purpose: 'region-upkeep' });

/** 区划变更: merging villages, moving a village or township to another code. */
export function regionChangeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post('/api/regions/merge', ofBody, async (request, reply) => {
    const asked = parseMerge(request.body);
    const { region: into, from, day } = asked;
    const run = { request, name: 'region.merge', subject: `region:${into}`, asked };
    const result = await command(deps, run, async (client, by) => {
      const viewer = viewerOf(request);
      const outside = from.map((region) => refuseRegion(viewer, region)).find(isRefusal);
      if (outside !== undefined && outside !== null) return outside;
      const state = stateOf(await holdRegions(client, from));
      const change = decideMerge(state, { from, into, day });
      if (isRefusal(change)) return change;
      return (await apply(client, by, change)) ?? { into };
    });
    return sendResult(reply, result);
  });

  app.post('/api/regions/move', ofBody, async (request, reply) => {
    const asked = parseMove(request.body);
    const { region, to, day } = asked;
    const run = { request, name: 'region.move', subject: `region:${region}`, asked };
    const result = await command(deps, run, async (client, by) => {
      const outside = refuseRegion(viewerOf(request), to);
      if (outside !== null) return outside;
      const state = stateOf(await holdRegions(client, [region]));
      const change = decideMove(state, { from: region, to, day });
      if (isRefusal(change)) return change;
      return (await apply(client, by, change)) ?? { region: to };
    });
    return sendResult(reply, result);
  });
}

/** Writes the change, and one fact for each division that ended. */
async function apply(
  client: Client,
  by: RegisterChange,
  change: RegionChange,
): Promise<Refusal | null> {
  await applyRegionChange(client, change);
  for (const { region, into } of change.ended) {
    const data = { region, into, day: change.day };
    const draft = { region, stream: `region/${region}`, type: 'region.changed', data } as const;
    const refusal = await noteRegisterFact(client, by, draft);
    if (refusal !== null) return refusal;
  }
  return null;
}

function stateOf({ divisions, placings, occupied }: HeldRegions): RegionState {
  const byOrganisation = Map.groupBy(placings, ({ organisationId }) => organisationId);
  const histories = new Map<string, RegionHistory>(byOrganisation);
  return {
    divisions: new Map(divisions.map((division) => [division.region, division])),
    histories,
    occupied: new Set(occupied),
  };
}
