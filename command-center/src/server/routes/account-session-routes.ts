import { uuidPattern, type SessionsEnded, type SessionView } from '@sightline/contracts';
import { listSessions, revokeSession, revokeSessions } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const idle = Temporal.Duration.from({ minutes: limits.sessionIdleMinutes });
const uuid = new RegExp(uuidPattern);
const ofAccount = under({ action: 'change-access', of: 'account', purpose: 'access-upkeep' });

/** Where an account of one's region is signed in, and the end of it: for the security administrator. */
export function accountSessionRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store, now } = deps;
  const url = '/api/accounts/:accountId/sessions';

  app.get(url, ofAccount, async (request): Promise<readonly SessionView[]> => {
    const { id: accountId } = placeOf(request);
    await audited(deps, request, { what: 'sessions.read', subject: `account:${accountId}` });
    const own = accountOf(request).sessionId;
    const sessions = await listSessions(store.pool, { accountId, now: now(), idle });
    return sessions.map((session) => ({ ...session, current: session.sessionId === own }));
  });

  app.delete(url, ofAccount, async (request): Promise<SessionsEnded> => {
    const { id: accountId } = placeOf(request);
    await audited(deps, request, { what: 'sessions.ended', subject: `account:${accountId}` });
    return { ended: await revokeSessions(store.pool, { accountId, now: now() }) };
  });

  app.delete<{ Params: { sessionId: string } }>(
    `${url}/:sessionId`,
    ofAccount,
    async (request): Promise<SessionsEnded> => {
      const { id: accountId } = placeOf(request);
      const { sessionId } = request.params;
      await audited(deps, request, { what: 'session.ended', subject: `account:${accountId}` });
      const end = { accountId, sessionId, now: now() };
      if (uuid.test(sessionId) && (await revokeSession(store.pool, end))) return { ended: 1 };
      throw new BadRequest(404, 'no-such-session', 'This account has no such session.');
    },
  );
}
