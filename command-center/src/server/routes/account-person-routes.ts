import { isWithin, LinkPersonRequest, refuse, type LinkablePersonView } from '@sightline/contracts';
import { endAccountLink, findPerson, linkAccount, listLinkablePeople } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseLink = parser(LinkPersonRequest);
const upkeep = { action: 'change-access', purpose: 'access-upkeep' } as const;

/** 账号与本人: which account is which person of a village, by whoever makes accounts. */
export function accountPersonRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const ofAccount = under({ ...upkeep, of: 'account' });

  app.get(
    '/api/villages/:region/linkable-people',
    under({ ...upkeep, of: 'village' }),
    async (request): Promise<readonly LinkablePersonView[]> => {
      const { region } = placeOf(request);
      const receipt = await audited(deps, request, { what: 'account.people' });
      return listLinkablePeople(deps.store.pool, receipt, region);
    },
  );

  app.post('/api/accounts/:accountId/person', ofAccount, async (request, reply) => {
    const { id: accountId } = placeOf(request);
    const { personId } = parseLink(request.body);
    const viewer = accountOf(request);
    const subject = `account:${accountId}`;
    const run = { request, name: 'account.link-person', subject, asked: { personId } };
    const result = await command(deps, run, async (client, change) => {
      if (accountId === viewer.accountId) {
        return refuse('own-account', 'Nobody says who they are themselves: another one does.');
      }
      const person = await findPerson(client, personId);
      if (person === null || !isWithin(person.region, viewer.region)) {
        return refuse('outside-scope', 'This person belongs to no village of your region.');
      }
      return (await linkAccount(client, { accountId, personId }, change)) ?? { accountId };
    });
    return sendResult(reply, result);
  });

  app.post('/api/accounts/:accountId/person/end', ofAccount, async (request, reply) => {
    const { id: accountId } = placeOf(request);
    const subject = `account:${accountId}`;
    const run = { request, name: 'account.unlink-person', subject, asked: {} };
    const result = await command(deps, run, async (client, change) => {
      const isEnded = await endAccountLink(client, { accountId }, change);
      return isEnded ? { accountId } : refuse('not-linked', 'This account is nobody of a village.');
    });
    return sendResult(reply, result);
  });
}
