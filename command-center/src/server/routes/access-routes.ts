import {
  CreateAccountRequest,
  CreateScreenRequest,
  type AccountView,
  type Region,
  type ScreenView,
} from '@sightline/contracts';
import {
  createAccount,
  disableAccount,
  findAccount,
  issueSignInLink,
  issueViewerToken,
  listAccounts,
  listViewerTokens,
  revokeViewerToken,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { audited } from '../audited.ts';
import { command, drawToken, sendResult, withSecret } from '../commands.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import { accountOf, demand, requireAction, scopeOf, viewerOf } from '../require.ts';
import type { RouteDeps } from '../route-deps.ts';

const parseScreen = parser(CreateScreenRequest);
const parseAccount = parser(CreateAccountRequest);
const purpose = 'access-upkeep';
const onRequest = requireAction('change-access');

/** Screen links and accounts: made here, shown once, ended here. */
export function accessRoutes(app: FastifyInstance, deps: RouteDeps): void {
  screenRoutes(app, deps);
  accountRoutes(app, deps);
}

function screenRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get('/api/screens', { onRequest }, async (request): Promise<readonly ScreenView[]> => {
    return listViewerTokens(store.pool, scopeOf(viewerOf(request), undefined));
  });

  app.post('/api/screens', { onRequest }, async (request, reply) => {
    const { region, label } = parseScreen(request.body);
    demand(viewerOf(request), 'change-access', region);
    const token = drawToken(request);
    const run = { request, name: 'screen.create', region, purpose, asked: { label } };
    const result = await command(deps, run, async (client, { now }) => {
      const { tokenId } = await issueViewerToken(client, { region, label, now, token });
      return { tokenId };
    });
    return sendResult(reply, withSecret(result, { token }));
  });

  app.post<{ Params: { tokenId: string } }>(
    '/api/screens/:tokenId/revoke',
    { onRequest },
    async (request, reply) => {
      const { tokenId } = request.params;
      const scope = viewerOf(request).region;
      const found = (await listViewerTokens(store.pool, scope)).some(
        (token) => token.tokenId === tokenId,
      );
      if (!found) throw new BadRequest(404, 'no-such-screen', 'There is no such screen link.');
      await note(deps, request, {
        what: 'screen.revoke',
        region: scope,
        subject: `viewer:${tokenId}`,
      });
      await revokeViewerToken(store.pool, { tokenId, scope, now: deps.now() });
      return sendResult(reply, { tokenId });
    },
  );
}

function accountRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get('/api/accounts', { onRequest }, async (request): Promise<readonly AccountView[]> => {
    return listAccounts(store.pool, scopeOf(viewerOf(request), undefined));
  });

  app.post('/api/accounts', { onRequest }, async (request, reply) => {
    const { region, roles } = parseAccount(request.body);
    demand(viewerOf(request), 'change-access', region);
    const token = drawToken(request);
    const run = { request, name: 'account.create', region, purpose, asked: { roles } };
    const result = await command(deps, run, async (client, { now }) => {
      const accountId = await createAccount(client, { region, roles, now });
      const { expiresAt } = await issueSignInLink(client, { accountId, now, token });
      return { accountId, expiresAt };
    });
    return sendResult(reply, withSecret(result, { token }));
  });

  app.post<{ Params: { accountId: string } }>(
    '/api/accounts/:accountId/link',
    { onRequest },
    async (request, reply) => {
      const { accountId, region } = await demandAccount(deps, request);
      const subject = `account:${accountId}`;
      await note(deps, request, { what: 'account.link', region, subject });
      const link = await issueSignInLink(store.pool, { accountId, now: deps.now() });
      return sendResult(reply, { accountId, ...link });
    },
  );

  app.post<{ Params: { accountId: string } }>(
    '/api/accounts/:accountId/close',
    { onRequest },
    async (request, reply) => {
      const { accountId, region } = await demandAccount(deps, request);
      if (accountId === accountOf(request).accountId) {
        throw new BadRequest(409, 'own-account', 'Nobody closes the account they are using.');
      }
      const subject = `account:${accountId}`;
      await note(deps, request, { what: 'account.close', region, subject });
      await disableAccount(store.pool, { accountId, now: deps.now() });
      return sendResult(reply, { accountId });
    },
  );
}

async function demandAccount(
  { store }: RouteDeps,
  request: FastifyRequest<{ Params: { accountId: string } }>,
): Promise<{ readonly accountId: string; readonly region: Region }> {
  const { accountId } = request.params;
  const isUuid = /^[0-9a-f-]{36}$/.test(accountId);
  const account = isUuid ? await findAccount(store.pool, accountId) : null;
  if (account === null) throw new BadRequest(404, 'no-such-account', 'There is no such account.');
  demand(viewerOf(request), 'change-access', account.region);
  return { accountId, region: account.region };
}

function note(
  deps: RouteDeps,
  request: FastifyRequest,
  act: { readonly what: string; readonly region: Region; readonly subject: string },
): Promise<unknown> {
  return audited(deps, { viewer: viewerOf(request), purpose, ...act });
}
