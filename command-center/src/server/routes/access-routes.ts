import {
  CreateAccountRequest,
  CreateScreenRequest,
  type AccountView,
  type Page,
  type Refusal,
  type ScreenView,
} from '@sightline/contracts';
import {
  createAccount,
  disableAccount,
  findAccount,
  inTransaction,
  issueSignInLink,
  issueViewerToken,
  listAccounts,
  listViewerTokens,
  revokeViewerToken,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { refuseRoles } from '#domain/access.ts';
import { limits } from '#limits.ts';
import { actorOf, audited } from '../audited.ts';
import { command, drawToken, sendResult, withSecret } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { pageOf, parseCursor } from '../page.ts';
import { parser } from '../parse.ts';
import { BadRequest, sendRefusal } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseScreen = parser(CreateScreenRequest);
const parseAccount = parser(CreateAccountRequest);
const upkeep = { action: 'change-access', purpose: 'access-upkeep' } as const;

/** Screen links and accounts: made here, shown once, ended here. */
export function accessRoutes(app: FastifyInstance, deps: RouteDeps): void {
  screenRoutes(app, deps);
  accountRoutes(app, deps);
}

function screenRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const ofScreen = under({ ...upkeep, of: 'screen' });

  app.get(
    '/api/screens',
    under({ ...upkeep, of: 'scope' }),
    async (request): Promise<readonly ScreenView[]> =>
      listViewerTokens(store.pool, placeOf(request).region),
  );

  app.post('/api/screens', under({ ...upkeep, of: 'body' }), async (request, reply) => {
    const { region, label } = parseScreen(request.body);
    const token = drawToken(request);
    const run = { request, name: 'screen.create', asked: { label } };
    const result = await command(deps, run, async (client, { now }) => {
      const { tokenId } = await issueViewerToken(client, { region, label, now, token });
      return { tokenId };
    });
    return sendResult(reply, withSecret(result, { token }));
  });

  app.post('/api/screens/:tokenId/revoke', ofScreen, async (request, reply) => {
    const { region, id: tokenId } = placeOf(request);
    await audited(deps, request, { what: 'screen.revoke', subject: `viewer:${tokenId}` });
    await revokeViewerToken(store.pool, { tokenId, scope: region, now: deps.now() });
    return sendResult(reply, { tokenId });
  });
}

function accountRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const ofAccount = under({ ...upkeep, of: 'account' });

  app.get<{ Querystring: { after?: string } }>(
    '/api/accounts',
    under({ ...upkeep, of: 'scope' }),
    async (request): Promise<Page<AccountView>> => {
      const { region: scope } = placeOf(request);
      const after = parseCursor(request.query.after);
      const page = { scope, after, limit: limits.pageRows + 1 };
      return pageOf(
        await listAccounts(store.pool, page),
        ({ createdAt, accountId }) => `${createdAt}_${accountId}`,
      );
    },
  );

  app.post('/api/accounts', under({ ...upkeep, of: 'body' }), async (request, reply) => {
    const { region, roles } = parseAccount(request.body);
    const token = drawToken(request);
    const run = { request, name: 'account.create', asked: { roles } };
    const result = await command(deps, run, async (client, { now }) => {
      const refusal = refuseRoles(roles);
      if (refusal !== null) return refusal;
      const accountId = await createAccount(client, { region, roles, now });
      const { expiresAt } = await issueSignInLink(client, { accountId, now, token });
      return { accountId, expiresAt };
    });
    return sendResult(reply, withSecret(result, { token }));
  });

  app.post('/api/accounts/:accountId/link', ofAccount, async (request, reply) => {
    const { id: accountId } = placeOf(request);
    const refusal = await refuseAdministrator(deps, accountId);
    if (refusal !== null) return sendRefusal(reply, refusal);
    await audited(deps, request, { what: 'account.link', subject: `account:${accountId}` });
    const link = await issueSignInLink(store.pool, { accountId, now: deps.now() });
    return sendResult(reply, { accountId, ...link });
  });

  app.post('/api/accounts/:accountId/close', ofAccount, async (request, reply) => {
    const { id: accountId } = placeOf(request);
    if (accountId === accountOf(request).accountId) {
      throw new BadRequest(409, 'own-account', 'Nobody closes the account they are using.');
    }
    const refusal = await refuseAdministrator(deps, accountId);
    if (refusal !== null) return sendRefusal(reply, refusal);
    await audited(deps, request, { what: 'account.close', subject: `account:${accountId}` });
    const closing = { accountId, now: deps.now(), actor: actorOf(accountOf(request)) };
    await inTransaction(store, (client) => disableAccount(client, closing));
    return sendResult(reply, { accountId });
  });
}

/** One administrator neither enters by a link to another's account nor closes it. */
async function refuseAdministrator(
  { store }: RouteDeps,
  accountId: string,
): Promise<Refusal | null> {
  const account = await findAccount(store.pool, accountId);
  return refuseRoles(account?.roles ?? []);
}
