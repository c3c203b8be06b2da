import {
  AddOrganisationRequest,
  EndOrganisationRequest,
  MoveOrganisationRequest,
  RenameOrganisationRequest,
  refuse,
  type OrganisationRegionView,
  type FactData,
  type OrganisationView,
  type Refusal,
} from '@sightline/contracts';
import {
  addOrganisation,
  endOrganisation,
  findOrganisationRegion,
  listOrganisationRegions,
  listOrganisations,
  moveOrganisation,
  renameOrganisation,
  type Client,
  type RegisterChange,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseRegion } from '#domain/access.ts';
import { tidyName } from '#domain/people.ts';
import { command, sendResult } from '../commands.ts';
import { placeOf, viewerOf } from '../guard-routes.ts';
import { noteRegisterFact } from '../note-register-fact.ts';
import { parser } from '../parse.ts';
import { newId, type RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { speller } from '../spell-place.ts';
import { todayOf } from '../today.ts';

const parseAdd = parser(AddOrganisationRequest);
const parseRename = parser(RenameOrganisationRequest);
const parseMove = parser(MoveOrganisationRequest);
const parseEnd = parser(EndOrganisationRequest);
const upkeep = { action: 'change-organisations', purpose: 'register-upkeep' } as const;
const ofOrganisation = under({ ...upkeep, of: 'organisation' });

/** 党组织: the tree, where each stood, and its changes. */
export function organisationRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const spell = speller();

  app.get(
    '/api/organisations',
    under({ action: 'see-organisations', of: 'scope' }),
    async (request): Promise<readonly OrganisationView[]> => {
      const { region: scope } = placeOf(request);
      const found = await listOrganisations(store.pool, { scope, day: todayOf(deps) });
      const seen = new Set(found.map(({ organisationId }) => organisationId));
      return found.map((organisation) => ({
        ...organisation,
        parentId: seen.has(organisation.parentId ?? '') ? organisation.parentId : null,
        ...spell(organisation.name),
      }));
    },
  );

  app.get(
    '/api/organisations/:organisationId/regions',
    under({ action: 'see-organisations', of: 'organisation' }),
    async (request): Promise<readonly OrganisationRegionView[]> =>
      listOrganisationRegions(store.pool, placeOf(request).id),
  );

  app.post('/api/organisations', under({ ...upkeep, of: 'body' }), async (request, reply) => {
    const asked = parseAdd(request.body);
    const organisation = { organisationId: newId(), ...asked, name: tidyName(asked.name) };
    const run = { request, name: 'organisation.add', asked };
    const result = await command(deps, run, async (client, change) => {
      const { parentId, organisationId } = organisation;
      const refusal =
        (parentId === null
          ? null
          : await refuseParent(client, request, { parentId, day: todayOf(deps) })) ??
        (await addOrganisation(client, organisation));
      const noted =
        refusal ?? (await noteChange(client, request, { change, organisationId, kind: 'added' }));
      return noted ?? { organisationId };
    });
    return sendResult(reply, result);
  });

  changeRoutes(app, deps);
}

function changeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  /** One change of one organisation: what the body asks for, and how the store does it. */
  const route = <T>(
    path: 'rename' | 'move' | 'end',
    { kind, parse, work }: ChangeRoute<T>,
  ): void => {
    app.post(
      `/api/organisations/:organisationId/${path}`,
      ofOrganisation,
      async (request, reply) => {
        const asked = parse(request.body);
        const { id: organisationId } = placeOf(request);
        const subject = `organisation:${organisationId}`;
        const run = { request, name: `organisation.${path}`, subject, asked };
        const result = await command(deps, run, async (client, change) => {
          const refusal = await work(client, { ...asked, organisationId }, request);
          const noted =
            refusal ?? (await noteChange(client, request, { change, organisationId, kind }));
          return noted ?? { organisationId };
        });
        return sendResult(reply, result);
      },
    );
  };
  route('rename', {
    kind: 'renamed',
    parse: parseRename,
    work: async (client, { organisationId, name }) => {
      await renameOrganisation(client, { organisationId, name: tidyName(name) });
      return null;
    },
  });
  route('move', {
    kind: 'moved',
    parse: parseMove,
    work: async (client, asked, request) =>
      (await refuseParent(client, request, { ...asked, day: todayOf(deps) })) ??
      moveOrganisation(client, asked),
  });
  route('end', { kind: 'ended', parse: parseEnd, work: endOrganisation });
}

interface ChangeRoute<T> {
  readonly kind: FactData<'organisation.changed'>['change'];
  readonly parse: (body: unknown) => T;
  readonly work: (
    client: Client,
    asked: T & { readonly organisationId: string },
    request: FastifyRequest,
  ) => Promise<Refusal | null>;
}

/** The fact of a change, in the transaction that makes it. */
async function noteChange(
  client: Client,
  request: FastifyRequest,
  noted: {
    readonly change: RegisterChange;
    readonly organisationId: string;
    readonly kind: FactData<'organisation.changed'>['change'];
  },
): Promise<Refusal | null> {
  const { change, organisationId, kind } = noted;
  const data = { organisationId, change: kind };
  const stream = `organisation/${organisationId}`;
  const { region } = placeOf(request);
  return noteRegisterFact(client, change, { region, stream, type: 'organisation.changed', data });
}

/** The parent must stand where the account may work too. */
async function refuseParent(
  client: Client,
  request: FastifyRequest,
  { parentId, day }: { readonly parentId: string; readonly day: string },
): Promise<Refusal | null> {
  const region = await findOrganisationRegion(client, { organisationId: parentId, day });
  if (region === null) return refuse('no-such-parent', 'There is no such organisation.');
  return refuseRegion(viewerOf(request), region);
}
