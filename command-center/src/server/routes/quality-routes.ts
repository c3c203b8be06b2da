import { qualityChecks, type Page, type QualityRow, type QualityView } from '@sightline/contracts';
import { countQuality, listQuality, qualityCursor } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { isQualityCheck, parseQualityCursor, sumOf } from '#domain/data-quality.ts';
import { limits } from '#limits.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf } from '../page.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { todayOf } from '../today.ts';

interface ListRoute {
  readonly Params: { readonly check: string };
  readonly Querystring: { readonly after?: string };
}

/** 数据质量. What is not right in the register: counts by region, and the list behind each. */
export function qualityRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const rule = under({ action: 'see-organisations', of: 'scope' });

  app.get('/api/quality', rule, async (request): Promise<readonly QualityView[]> => {
    const asked = { scope: placeOf(request).region, today: todayOf(deps) };
    return Promise.all(
      qualityChecks.map(async (check) => {
        const byRegion = await countQuality(store.pool, check, asked);
        return { check, count: sumOf(byRegion), byRegion };
      }),
    );
  });

  app.get<ListRoute>('/api/quality/:check', rule, async (request): Promise<Page<QualityRow>> => {
    const { check } = request.params;
    if (!isQualityCheck(check)) {
      throw new BadRequest(404, 'not-found', `There is no check "${check}".`);
    }
    const after = parseQualityCursor(request.query.after);
    if (after === false) {
      throw new BadRequest(400, 'malformed', `"${request.query.after ?? ''}" is no cursor.`);
    }
    const scope = placeOf(request).region;
    const page = { scope, today: todayOf(deps), after, limit: limits.pageRows + 1 };
    return pageOf(await listQuality(store.pool, check, page), qualityCursor);
  });
}
