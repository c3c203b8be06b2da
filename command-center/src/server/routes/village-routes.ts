import type { CheckInView, Page, PersonView, VillagesView } from '@sightline/contracts';
import { factInstant, listCheckIns, listPeople } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { faceStateOf } from '#domain/consent.ts';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { parseCursor, pageOf } from '../page.ts';
import { placeOf } from '../guard-routes.ts';
import { readVillages } from '../read-villages.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { faceAt } from '../verify-receipt.ts';

const ofVillage = under({ action: 'see-people', of: 'village', purpose: 'asked' });

interface ReadNames {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** Villages without names for all; people and check-ins by name for those trusted with them. */
export function villageRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get(
    '/api/villages',
    under({ action: 'see-villages', of: 'scope' }),
    async (request): Promise<VillagesView> => {
      const { region: scope } = placeOf(request);
      const [villages, health] = await Promise.all([readVillages(store, scope), deps.readHealth()]);
      return { at: factInstant(deps.now()), villages, health };
    },
  );

  app.get<ReadNames>(
    '/api/villages/:region/people',
    ofVillage,
    async (request): Promise<readonly PersonView[]> => {
      const { region } = placeOf(request);
      const receipt = await audited(deps, request, { what: 'people.read' });
      const withRetired = request.query['all'] === '1';
      const people = await listPeople(store.pool, receipt, { region, withRetired });
      return people.map(({ faces, ...person }) => ({
        ...person,
        faceState: faceStateOf(faces.map((face) => faceAt(person.personId, face))),
      }));
    },
  );

  app.get<ReadNames>(
    '/api/villages/:region/check-ins',
    ofVillage,
    async (request): Promise<Page<CheckInView>> => {
      const { region } = placeOf(request);
      const before = parseCursor(request.query['before']);
      const receipt = await audited(deps, request, { what: 'check-ins.read' });
      const limit = limits.pageRows + 1;
      const rows = await listCheckIns(store.pool, receipt, { region, limit, before });
      return pageOf(rows, (row) => `${row.at}_${row.id}`);
    },
  );
}
