import { uuidPattern } from '@sightline/contracts';
import { findImport } from '@sightline/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseRegion } from '#domain/access.ts';
import { viewerOf } from '#server/guard-routes.ts';
import { BadRequest, sendRefusal } from '#server/problem.ts';
import type { RouteDeps } from '#server/route-deps.ts';
import { under } from '#server/rule.ts';
import type { ImportRunner } from './import-runner.ts';

/** What the routes of imports use: the runner starts with the server and ends with it. */
export interface ImportDeps extends RouteDeps {
  readonly runner: () => ImportRunner;
}

/** Every route of imports asks for the same. */
export const importRule = under({
  action: 'import-register',
  of: 'scope',
  purpose: 'register-upkeep',
});

const uuid = new RegExp(uuidPattern);

/** The same for one import of the path: 404 where there is none, 403 outside the caller's region. */
export function importRuleOfOne({ store }: RouteDeps) {
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    // The parameters of a path are texts.
    const { importId: id = '' } = request.params as Readonly<Record<string, string>>;
    const found = uuid.test(id) ? await findImport(store.pool, id) : null;
    if (found === null) throw new BadRequest(404, 'no-such-import', `There is no import ${id}.`);
    const refusal = refuseRegion(viewerOf(request), found.region);
    if (refusal !== null) return sendRefusal(reply, refusal);
    request.place = { region: found.region, id };
    return undefined;
  };
  return { ...importRule, preHandler };
}
