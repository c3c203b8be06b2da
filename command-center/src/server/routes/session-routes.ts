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
import {
  appendAudit,
  findViewerToken,
  inTransaction,
  listSessions,
  revokeSession,
  revokeSessionOfToken,
  type Queryable,
} from '@sightline/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rolesOf, type AccountViewer } from '#domain/access.ts';
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
  mayForgetPassword,
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
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    result: { readonly token: string } | Refusal,
  ) => {
    if (isRefusal(result)) return sendRefusal(reply, result);
    // The cookie goes on with the new session, so the one before would live on unseen.
    const before = request.cookies[app.cookieNames.account];
    if (before !== undefined) {
      await revokeSessionOfToken(deps.store.pool, { token: before, now: deps.now() });
    }
    setAccountCookie(reply, result.token, secure);
    return reply.code(204).send();
  };

  app.post('/api/session', signingIn, async (request, reply) =>
    answer(request, reply, await signIn(deps, parseSignIn(request.body), browserOf(request))),
  );

  app.post('/api/session/link', signingIn, async (request, reply) => {
    const { token, login, password } = parseLink(request.body);
    const isWhole = login !== undefined && password !== undefined;
    const credentials = isWhole ? { login, password } : null;
    const result = await signInByLink(deps, { token, credentials }, browserOf(request));
    return answer(request, reply, result);
  });

  app.delete('/api/session', signingOut, async (request, reply) => {
    const viewer = accountOf(request);
    const { accountId, sessionId } = viewer;
    await inTransaction(deps.store, async (client) => {
      await noteEnded(client, { viewer, sessionId, now: deps.now() });
      await revokeSession(client, { accountId, sessionId, now: deps.now() });
    });
    clearAccountCookie(reply, secure);
    return reply.code(204).send();
  });

  app.post('/api/viewer-session', signingIn, async (request, reply) => {
    const { token } = parseViewerToken(request.body);
    const found = await findViewerToken(deps.store.pool, token);
    if (found === null) {
      return sendRefusal(reply, refuse('not-signed-in', 'This screen link is not valid any more.'));
    }
    const entry = {
      who: `viewer:${found.tokenId}`,
      what: 'screen.opened',
      region: found.region,
      purpose: 'sign-in',
      subject: `address:${request.ip}`,
    };
    await appendAudit(deps.store.pool, { entry, now: deps.now() });
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
    const isAccount = viewer.kind === 'account';
    return {
      kind: viewer.kind,
      login: isAccount ? viewer.login : null,
      roles: rolesOf(viewer),
      region: viewer.region,
      secondFactor: secondFactorOf(viewer),
      mayForgetPassword: isAccount && (await mayForgetPassword(deps, viewer)),
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
      await noteEnded(deps.store.pool, { viewer, sessionId, now: deps.now() });
      return reply.code(204).send();
    },
  );
}

function noteEnded(
  db: Queryable,
  end: {
    readonly viewer: AccountViewer;
    readonly sessionId: string;
    readonly now: Temporal.Instant;
  },
) {
  const { viewer, sessionId, now } = end;
  const entry = {
    who: actorOf(viewer),
    what: 'session.ended',
    region: viewer.region,
    purpose: 'sign-in',
    subject: `session:${sessionId}`,
  };
  return appendAudit(db, { entry, now });
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function browserOf(request: FastifyRequest): Browser {
  return { address: request.ip, agent: request.headers['user-agent'] ?? '' };
}
