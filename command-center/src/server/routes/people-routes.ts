import {
  AddPersonRequest,
  IssueGrantRequest,
  refuse,
  RetirePersonRequest,
} from '@sightline/contracts';
import {
  addPeople,
  factInstant,
  holdFaceConsents,
  holdSelf,
  issueGrant,
  loadRoster,
  retirePerson,
  rosterStream,
  terminalIdsOf,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { refuseFaceCode } from '#domain/consent.ts';
import { refuseOwnMatter } from '#domain/watch/own-matter.ts';
import { refuseAdd, refuseInactive, tidyName } from '#domain/people.ts';
import { limits } from '#limits.ts';
import { command, drawCode, hashCode, sendResult, withSecret } from '../commands.ts';
import { placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { newId, newSalt, type RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { faceAt } from '../verify-receipt.ts';

const parseAdd = parser(AddPersonRequest);
const parseRetire = parser(RetirePersonRequest);
const parseGrant = parser(IssueGrantRequest);

/** Adding and retiring a village's people, and vouching for them. */
export function peopleRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post(
    '/api/villages/:region/people',
    under({ action: 'change-people', of: 'village', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const { region } = placeOf(request);
      const asked = parseAdd(request.body);
      const run = { request, name: 'people.add', asked };
      const result = await command(deps, run, async (client, change) => {
        const person = { name: tidyName(asked.name), post: tidyName(asked.post) };
        const roster = await loadRoster(client, region);
        const refusal = refuseAdd(roster, person);
        if (refusal !== null) return refusal;
        const personId = newId();
        const expectedPosition = { stream: rosterStream(region), position: roster.position };
        const added = [{ personId, region, ...person }];
        return (await addPeople(client, added, { ...change, expectedPosition })) ?? { personId };
      });
      return sendResult(reply, result);
    },
  );

  app.post(
    '/api/people/:personId/retire',
    under({ action: 'change-people', of: 'person', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const { region, id: personId } = placeOf(request);
      const asked = parseRetire(request.body ?? {});
      const subject = `person:${personId}`;
      const run = { request, name: 'people.retire', subject, asked };
      const result = await command(deps, run, async (client, change) => {
        const roster = await loadRoster(client, region);
        const refusal = refuseInactive(roster, personId);
        if (refusal !== null) return refusal;
        const expectedPosition = { stream: rosterStream(region), position: roster.position };
        const retiring = { ...change, expectedPosition };
        return (await retirePerson(client, { personId, region }, retiring)) ?? { personId };
      });
      return sendResult(reply, result);
    },
  );

  grantRoute(app, deps);
}

function grantRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.post(
    '/api/people/:personId/grants',
    under({ action: 'issue-grant', of: 'person', purpose: 'vouching' }),
    async (request, reply) => {
      const { region, id: personId } = placeOf(request);
      const asked = parseGrant(request.body);
      const { purpose, terminalId } = asked;
      const subject = `person:${personId}`;
      const run = { request, name: `grant.${purpose}`, subject, asked };
      const code = drawCode(request);
      const result = await command(deps, run, async (client, change) => {
        const matter = { people: [personId], actors: [] };
        const own = refuseOwnMatter(await holdSelf(client, change.actor), matter);
        const refusal = own ?? refuseInactive(await loadRoster(client, region), personId);
        if (refusal !== null) return refusal;
        if (!(await terminalIdsOf(client, region)).includes(terminalId)) {
          return refuse('no-such-terminal', `The village has no terminal ${terminalId}.`);
        }
        if (purpose === 'enrol-face') {
          const held = await holdFaceConsents(client, { personId, region });
          const faces = (held ?? []).map((face) => faceAt(personId, face));
          const early = refuseFaceCode(faces, terminalId);
          if (early !== null) return early;
        }
        const salt = newSalt();
        const expiresAt = factInstant(change.now.add({ minutes: limits.grantMinutes }));
        const codeHash = hashCode(salt, code);
        const grant = { grantId: newId(), personId, purpose, salt, codeHash, expiresAt };
        const refused = await issueGrant(client, { terminalId, region, grant }, change);
        return refused ?? { grantId: grant.grantId, expiresAt };
      });
      return sendResult(reply, withSecret(result, { code }));
    },
  );
}
