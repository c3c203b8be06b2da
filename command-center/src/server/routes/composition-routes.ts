import {
  organisationLists,
  type CompositionView,
  type ListedOrganisation,
  type OrganisationList,
  type OrganisationListCounts,
  type Page,
} from '@sightline/contracts';
import {
  compositionKeys,
  countOrganisationLists,
  listOrganisationList,
  readComposition,
  type Composition,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { coverSmallCounts } from '#domain/cover-small-counts.ts';
import { limits } from '#limits.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf } from '../page.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { todayOf } from '../today.ts';

/** 构成与名单. How the members of a scope are composed, and which branches need care; nobody is named. */
export function compositionRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const rule = under({ action: 'see-composition', of: 'scope' });

  app.get('/api/composition', rule, async (request): Promise<CompositionView> => {
    const { region: scope } = placeOf(request);
    return viewOf(await readComposition(store.pool, { scope, day: todayOf(deps) }));
  });

  app.get('/api/organisation-lists', rule, async (request): Promise<OrganisationListCounts> => {
    const { region: scope } = placeOf(request);
    return countOrganisationLists(store.pool, { scope, day: todayOf(deps) });
  });

  app.get<{ Params: { list: string }; Querystring: { after?: string } }>(
    '/api/organisation-lists/:list',
    rule,
    async (request): Promise<Page<ListedOrganisation>> => {
      const { region: scope } = placeOf(request);
      const { after = null } = request.query;
      const page = { scope, day: todayOf(deps), limit: limits.pageRows + 1, after };
      const rows = await listOrganisationList(store.pool, listOf(request.params.list), page);
      return pageOf(rows, ({ code }) => code);
    },
  );
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
