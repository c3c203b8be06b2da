import {
  ChangePasswordRequest,
  isRefusal,
  LinkSignInRequest,
  refuse,
  SignInRequest,
  ViewerSessionRequest,
  type Me,
  type Refusal,
  type SessionView,
} from '@sightline/contracts';
import { appendAudit, findViewerToken, listSessions, revokeSession } from '@sightline/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rolesOf } from '#domain/access.ts';
import { secondFactorOf } from '#domain/second-factor.ts';
import { limits } from '#limits.ts';
import { actorOf } from '../audited.ts';
import {
  clearAccountCookie,
  isReachedByTls,
  setAccountCookie,
  setViewerCookie,
} from '../cookies.ts';
import { parser } from '../parse.ts';
import { accountOf, viewerOf } from '../guard-routes.ts';
import { BadRequest, sendRefusal } from '../problem.ts';
import { under } from '../rule.ts';
import {
  replacePassword,
  signIn,
  signInByLink,
  type Browser,
  type SignInDeps,
} from '../sign-in.ts';

const parseSignIn = parser(SignInRequest);
const parsePassword = parser(ChangePasswordRequest);
const parseLink = parser(LinkSignInRequest);
const parseViewerToken = parser(ViewerSessionRequest);
const idle = Temporal.Duration.from({ minutes: limits.sessionIdleMinutes });
const rateLimit = { max: limits.signInsPerMinute, timeWindow: '1 minute' };
const signingIn = {
  config: { rateLimit, rule: { door: 'open', why: 'whoever signs in is nobody yet' } as const },
};
const ofAccount = under({ door: 'account' });
const signingOut = under({ door: 'account', unproven: true });

/** Signing in and out, and one's own sessions. */
export function sessionRoutes(app: FastifyInstance, deps: SignInDeps): void {
  const secure = isReachedByTls(deps.config);
  const answer = (reply: FastifyReply, result: { readonly token: string } | Refusal) => {
    if (isRefusal(result)) return sendRefusal(reply, result);
    setAccountCookie(reply, result.token, secure);
    return reply.code(204).send();
  };

  app.post('/api/session', signingIn, async (request, reply) =>
    answer(reply, await signIn(deps, parseSignIn(request.body), browserOf(request))),
  );

  app.post('/api/session/link', signingIn, async (request, reply) => {
    const { token, login, password } = parseLink(request.body);
    const isWhole = login !== undefined && password !== undefined;
    const credentials = isWhole ? { login, password } : null;
    return answer(reply, await signInByLink(deps, { token, credentials }, browserOf(request)));
  });

  app.delete('/api/session', signingOut, async (request, reply) => {
    const { accountId, sessionId } = accountOf(request);
    await revokeSession(deps.store.pool, { accountId, sessionId, now: deps.now() });
    clearAccountCookie(reply, secure);
    return reply.code(204).send();
  });

  app.post('/api/viewer-session', signingIn, async (request, reply) => {
    const { token } = parseViewerToken(request.body);
    if ((await findViewerToken(deps.store.pool, token)) === null) {
      return sendRefusal(reply, refuse('not-signed-in', 'This screen link is not valid any more.'));
    }
    setViewerCookie(reply, token, secure);
    return reply.code(204).send();
  });

  ownRoutes(app, deps);
}

function ownRoutes(app: FastifyInstance, deps: SignInDeps): void {
  app.post(
    '/api/password',
    { config: { ...ofAccount.config, rateLimit } },
    async (request, reply) => {
      const asked = { viewer: accountOf(request), ...parsePassword(request.body) };
      const refusal = await replacePassword(deps, asked, browserOf(request));
      return refusal === null ? reply.code(204).send() : sendRefusal(reply, refusal);
    },
  );

  app.get('/api/me', under({ door: 'viewer' }), async (request): Promise<Me> => {
    const viewer = viewerOf(request);
    return {
      kind: viewer.kind,
      login: viewer.kind === 'account' ? viewer.login : null,
      roles: rolesOf(viewer),
      region: viewer.region,
      secondFactor: secondFactorOf(viewer),
      demo: deps.config.demo,
      sampleCamera: deps.config.sampleCamera,
    };
  });

  app.get('/api/sessions', ofAccount, async (request) => {
    const { accountId, sessionId } = accountOf(request);
    const sessions = await listSessions(deps.store.pool, { accountId, now: deps.now(), idle });
    return sessions.map((session): SessionView => ({
      ...session,
      current: session.sessionId === sessionId,
    }));
  });

  app.delete<{ Params: { sessionId: string } }>(
    '/api/sessions/:sessionId',
    ofAccount,
    async (request, reply) => {
      const viewer = accountOf(request);
      const { sessionId } = request.params;
      const end = { sessionId, accountId: viewer.accountId, now: deps.now() };
      if (!isUuid(sessionId) || !(await revokeSession(deps.store.pool, end))) {
        throw new BadRequest(404, 'no-such-session', 'You have no such session.');
      }
      const entry = {
        who: actorOf(viewer),
        what: 'session.ended',
        region: viewer.region,
        purpose: 'sign-in',
        subject: `session:${sessionId}`,
      };
      await appendAudit(deps.store.pool, { entry, now: deps.now() });
      return reply.code(204).send();
    },
  );
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function browserOf(request: FastifyRequest): Browser {
  return { address: request.ip, agent: request.headers['user-agent'] ?? '' };
}
