import {
  ReadingPurpose,
  type CheckInView,
  type Page,
  type PersonView,
  type VillagesView,
} from '@sightline/contracts';
import {
  countPeople,
  countTerminals,
  factInstant,
  listCheckIns,
  listPeople,
  readCells,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { faceStateOf } from '#domain/consent.ts';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { parser } from '../parse.ts';
import { parseCursor, pageOf } from '../page.ts';
import { demandVillage } from '../require-village.ts';
import { requireAction, scopeOf, viewerOf } from '../require.ts';
import type { RouteDeps } from '../route-deps.ts';
import { faceAt } from '../verify-receipt.ts';

const parsePurpose = parser(ReadingPurpose);

interface ReadNames {
  readonly Params: { readonly region: string };
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** Villages without names for all; people and check-ins by name for those trusted with them. */
export function villageRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get<{ Querystring: { region?: string } }>(
    '/api/villages',
    { onRequest: requireAction('see-villages') },
    async (request): Promise<VillagesView> => {
      const scope = scopeOf(viewerOf(request), request.query.region);
      const [cells, people, terminals, health] = await Promise.all([
        readCells(store.pool, scope),
        countPeople(store.pool, scope),
        countTerminals(store.pool, scope),
        deps.readHealth(),
      ]);
      const villages = cells.map((cell) => ({
        ...cell,
        people: people.get(cell.region) ?? 0,
        terminals: terminals.get(cell.region) ?? 0,
      }));
      return { at: factInstant(deps.now()), villages, health };
    },
  );

  app.get<ReadNames>(
    '/api/villages/:region/people',
    { onRequest: requireAction('see-people') },
    async (request): Promise<readonly PersonView[]> => {
      const purpose = parsePurpose(request.query['purpose']);
      const viewer = viewerOf(request);
      const region = demandVillage(viewer, 'see-people', request.params.region);
      const receipt = await audited(deps, { viewer, what: 'people.read', region, purpose });
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
    { onRequest: requireAction('see-people') },
    async (request): Promise<Page<CheckInView>> => {
      const purpose = parsePurpose(request.query['purpose']);
      const viewer = viewerOf(request);
      const region = demandVillage(viewer, 'see-people', request.params.region);
      const before = parseCursor(request.query['before']);
      const receipt = await audited(deps, { viewer, what: 'check-ins.read', region, purpose });
      const limit = limits.pageRows + 1;
      const rows = await listCheckIns(store.pool, receipt, { region, limit, before });
      return pageOf(rows, (row) => `${row.at}_${row.id}`);
    },
  );
}
