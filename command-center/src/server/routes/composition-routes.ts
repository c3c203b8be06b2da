import {
  organisationLists,
  uuidPattern,
  type CompositionView,
  type ListedOrganisation,
  type OrganisationList,
  type OrganisationListCounts,
  type Page,
} from '@sightline/contracts';
import {
  compositionKeys,
  countOrganisationLists,
  findOrganisationPath,
  listOrganisationList,
  readComposition,
  type Composition,
  type OrganisationsIn,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { coverSmallCounts } from '#domain/cover-small-counts.ts';
import Type from 'typebox';
import { limits } from '#limits.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf } from '../page.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { todayOf } from '../today.ts';

const parseWithin = parser(
  Type.Object({ organisation: Type.Optional(Type.String({ pattern: uuidPattern })) }),
);

/** 构成与名单. How the members of a scope are composed, and which branches need care; nobody is named. */
export function compositionRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const rule = under({ action: 'see-composition', of: 'scope' });

  app.get('/api/composition', rule, async (request): Promise<CompositionView> => {
    return viewOf(await readComposition(store.pool, await withinOf(deps, request)));
  });

  app.get('/api/organisation-lists', rule, async (request): Promise<OrganisationListCounts> => {
    return countOrganisationLists(store.pool, await withinOf(deps, request));
  });

  app.get<{ Params: { list: string }; Querystring: { after?: string } }>(
    '/api/organisation-lists/:list',
    rule,
    async (request): Promise<Page<ListedOrganisation>> => {
      const { after = null } = request.query;
      const within = await withinOf(deps, request);
      const page = { ...within, limit: limits.pageRows + 1, after };
      const rows = await listOrganisationList(store.pool, listOf(request.params.list), page);
      return pageOf(rows, ({ code }) => code);
    },
  );
}

/**
 * What a composition is of: the scope the rule found today, and of it what stands under
 * `?organisation=`. What of an organisation lies outside the scope is not counted.
 */
async function withinOf(deps: RouteDeps, request: FastifyRequest): Promise<OrganisationsIn> {
  const { region: scope } = placeOf(request);
  const within = { scope, day: todayOf(deps) };
  const { organisation } = parseWithin(request.query);
  if (organisation === undefined) return within;
  const under = await findOrganisationPath(deps.store.pool, organisation);
  if (under !== null) return { ...within, under };
  throw new BadRequest(404, 'no-such-organisation', `There is no organisation ${organisation}.`);
}

function listOf(text: string): OrganisationList {
  const list = organisationLists.find((known) => known === text);
  if (list !== undefined) return list;
  throw new BadRequest(404, 'no-such-list', `There is no list "${text}".`);
}

function viewOf({ members, organisations, counts }: Composition): CompositionView {
  const partsOf = (of: 'age' | 'sex' | 'education' | 'standing') =>
    coverSmallCounts(
      compositionKeys(of).map((key) => ({ key, count: counts.get(`${of}/${key}`) ?? 0 })),
    );
  return {
    members,
    organisations,
    age: partsOf('age'),
    sex: partsOf('sex'),
    education: partsOf('education'),
    standing: partsOf('standing'),
  };
}
