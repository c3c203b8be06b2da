import {
  ContactPointRequest,
  isRefusal,
  refuse,
  type ContactPointView,
  type Refusal,
} from '@sightline/contracts';
import {
  findPerson,
  listContactPoints,
  removeContactPoint,
  setContactPoint,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { maskAddress, tidyAddress } from '#domain/watch/contact-address.ts';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { sendRefusal } from '../problem.ts';
import { openRegisterVault } from '../register-vault.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parsePoint = parser(ContactPointRequest);

/** 联系方式: where a person of a village, or an account, is told that somebody is missed. */
export function contactPointRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.get(
    '/api/people/:personId/contact-points',
    under({ action: 'see-people', of: 'person', purpose: 'asked' }),
    async (request): Promise<{ readonly items: readonly ContactPointView[] }> => {
      const { id } = placeOf(request);
      const subject = `person:${id}`;
      const receipt = await audited(deps, request, { what: 'contact-points.read', subject });
      return { items: await listContactPoints(deps.store.pool, receipt, subject) };
    },
  );

  app.get(
    '/api/contact-points',
    under({ action: 'change-roster', of: 'scope', purpose: 'duty-watch' }),
    async (request): Promise<{ readonly items: readonly ContactPointView[] }> => {
      const subject = `account:${accountOf(request).accountId}`;
      const receipt = await audited(deps, request, { what: 'contact-points.read', subject });
      return { items: await listContactPoints(deps.store.pool, receipt, subject) };
    },
  );

  app.post(
    '/api/contact-points',
    under({ action: 'change-roster', of: 'body', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const { region, personId, channel, address } = parsePoint(request.body);
      const vault = await openRegisterVault(deps);
      if (isRefusal(vault)) return sendRefusal(reply, vault);
      const tidy = address === null ? null : tidyAddress(channel, address);
      if (isRefusal(tidy)) return sendRefusal(reply, tidy);
      const recipient =
        personId === null ? `account:${accountOf(request).accountId}` : `person:${personId}`;
      // Not the address itself: the note of a command could be searched for it.
      const hash = tidy === null ? null : vault.hash(tidy).toString('hex');
      const run = {
        request,
        name: 'contact-point.set',
        subject: recipient,
        asked: [channel, hash],
      };
      const result = await command(deps, run, async (client) => {
        const refusal = personId === null ? null : await refuseStranger(deps, { personId, region });
        if (refusal !== null) return refusal;
        if (tidy === null) await removeContactPoint(client, { recipient, channel });
        else {
          const sealed = { cipher: vault.seal(tidy), masked: maskAddress(channel, tidy) };
          await setContactPoint(client, { recipient, channel, ...sealed });
        }
        return { channel };
      });
      return sendResult(reply, result);
    },
  );
}

async function refuseStranger(
  { store }: RouteDeps,
  { personId, region }: { readonly personId: string; readonly region: string },
): Promise<Refusal | null> {
  const person = await findPerson(store.pool, personId);
  if (person?.region === region && person.active) return null;
  return refuse('person-not-on-list', `There is no active person ${personId} in ${region}.`);
}
