import {
  isRefusal,
  SecondFactorCodeRequest,
  type RecoveryCodesReply,
  type SecondFactorView,
} from '@sightline/contracts';
import { countRecoveryCodes } from '@sightline/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAdministrator } from '#domain/access.ts';
import { limits } from '#limits.ts';
import { isReachedByTls, setAccountCookie } from '../cookies.ts';
import { accountOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { sendRefusal } from '../problem.ts';
import { under } from '../rule.ts';
import {
  confirmSecondFactor,
  offerSecondFactor,
  proveSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from '../second-factor.ts';
import type { FactorDeps, GivenCode } from '../second-factor-judge.ts';

const parseCode = parser(SecondFactorCodeRequest);
const rateLimit = { max: limits.signInsPerMinute, timeWindow: '1 minute' };
const proven = { config: { rateLimit, ...under({ door: 'account' }).config } };
/** What proves it, and what says how it stands, is reached before it is proved. */
const unproven = { config: { rateLimit, ...under({ door: 'account', unproven: true }).config } };

/** Setting up, proving and giving up one's own second factor. */
export function secondFactorRoutes(app: FastifyInstance, deps: FactorDeps): void {
  const secure = isReachedByTls(deps.config);

  app.get('/api/second-factor', unproven, async (request): Promise<SecondFactorView> => {
    const { accountId, isFactorSetUp, roles } = accountOf(request);
    const recoveryCodesLeft = await countRecoveryCodes(deps.store.pool, accountId);
    return { isSetUp: isFactorSetUp, isRequired: isAdministrator(roles), recoveryCodesLeft };
  });

  app.post('/api/second-factor', unproven, async (request, reply) => {
    const offer = await offerSecondFactor(deps, accountOf(request));
    return isRefusal(offer) ? sendRefusal(reply, offer) : reply.code(201).send(offer);
  });

  app.post('/api/second-factor/confirm', unproven, async (request, reply) => {
    const result = await confirmSecondFactor(deps, givenCode(request));
    if (isRefusal(result)) return sendRefusal(reply, result);
    setAccountCookie(reply, result.token, secure);
    return sendCodes(reply, result);
  });

  app.post('/api/second-factor/prove', unproven, async (request, reply) => {
    const result = await proveSecondFactor(deps, givenCode(request));
    if (isRefusal(result)) return sendRefusal(reply, result);
    setAccountCookie(reply, result.token, secure);
    return reply.code(204).send();
  });

  app.post('/api/second-factor/recovery-codes', proven, async (request, reply) => {
    const result = await renewRecoveryCodes(deps, givenCode(request));
    return isRefusal(result) ? sendRefusal(reply, result) : sendCodes(reply, result);
  });

  app.post('/api/second-factor/remove', proven, async (request, reply) => {
    const result = await removeSecondFactor(deps, givenCode(request));
    return isRefusal(result) ? sendRefusal(reply, result) : reply.code(204).send();
  });
}

function sendCodes(reply: FastifyReply, { codes }: RecoveryCodesReply): FastifyReply {
  return reply.code(201).send({ codes } satisfies RecoveryCodesReply);
}

function givenCode(request: FastifyRequest): GivenCode {
  const { code } = parseCode(request.body);
  return { viewer: accountOf(request), code, address: request.ip };
}
