import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import {
  EnrolRequest,
  enrolText,
  isRefusal,
  NonceRequest,
  refuse,
  type EnrolReply,
  type NonceReply,
  type Refusal,
} from '@sightline/contracts';
import { enrolSource } from '@sightline/store';
import Fastify, { type FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import { fingerprint, readDeviceKey, verifySignature } from '#access/device-key.ts';
import { Failures } from '#access/failures.ts';
import { isSource } from '#domain/device-token.ts';
import { limits } from '#limits.ts';
import { listenFault } from '#listen-fault.ts';
import { addCourseFiles } from '#http/course-files.ts';
import type { HttpDeps } from '#http/http-deps.ts';
import { problem } from '#http/problem.ts';
import type { TlsPair } from '#tls.ts';

const enrolCheck = Compile(EnrolRequest);
const nonceCheck = Compile(NonceRequest);

export interface HttpDoor extends AsyncDisposable {
  readonly port: number;
}

/** POST /nonce, POST /enrol, GET /courses/files/:sha256, GET /healthz. Resolves when it listens. */
export async function startHttp(
  where: { readonly host: string; readonly port: number; readonly tls: TlsPair | null },
  deps: HttpDeps,
): Promise<HttpDoor> {
  const { host, port: wanted, tls } = where;
  const app = openFastify(tls);
  await app.register(rateLimit, { max: limits.httpRequestsPerMinute, timeWindow: 60_000 });
  addNonce(app, deps);
  addEnrol(app, deps);
  addCourseFiles(app, deps);
  app.get('/healthz', (_request, reply) => {
    const health = deps.health();
    const isUp = health.parts.every(({ state }) => state === 'up');
    return reply.status(isUp ? 200 : 503).send(health);
  });
  await app.listen({ host, port: wanted }).catch((cause: unknown) => {
    throw listenFault(cause, { host, port: wanted, setting: 'SIGHTLINE_BROKER_HTTP_PORT' });
  });
  // A TCP server's address is an object; only pipes have text.
  const { port } = app.server.address() as AddressInfo;
  return { port, [Symbol.asyncDispose]: () => app.close() };
}

function openFastify(tls: TlsPair | null): FastifyInstance {
  const common = {
    bodyLimit: limits.httpBodyBytes,
    logger: false,
    forceCloseConnections: true,
  };
  if (tls === null) return Fastify(common);
  // Both servers answer the same calls; only their raw socket types differ.
  return Fastify({ ...common, https: { ...tls } }) as unknown as FastifyInstance;
}

function addNonce(app: FastifyInstance, { nonces }: HttpDeps): void {
  app.post('/nonce', (request, reply) => {
    if (!nonceCheck.Check(request.body) || !isSource(request.body.source)) {
      return problem(reply, 400, refuse('bad-request', 'A source of 43 characters is expected.'));
    }
    const nonce = nonces.issue(request.body.source);
    return reply.send({ nonce, expiresInMs: limits.nonceMs } satisfies NonceReply);
  });
}

function addEnrol(app: FastifyInstance, deps: HttpDeps): void {
  const refused = new Failures(limits.refusedEnrolmentsPerMinute, deps.nowMs);
  app.post('/enrol', async (request, reply) => {
    if (refused.isExceeded(request.ip)) {
      const detail = 'Too many wrong codes from this address. Wait a minute and try again.';
      return problem(reply, 429, refuse('too-many-attempts', detail));
    }
    if (!enrolCheck.Check(request.body)) {
      return problem(reply, 400, refuse('bad-request', 'This is no enrolment request.'));
    }
    const answer = await enrol(request.body, deps);
    if (!isRefusal(answer)) return reply.send(answer);
    refused.note(request.ip);
    return problem(reply, 409, answer);
  });
}

/** The device proves that it holds the key before the code is looked at. */
async function enrol(request: EnrolRequest, deps: HttpDeps): Promise<EnrolReply | Refusal> {
  const { code, publicKey, proof } = request;
  const key = readDeviceKey(publicKey);
  if (key === null || !verifySignature(key, enrolText(code, publicKey), proof)) {
    return refuse('bad-proof', 'The device did not prove that it holds its key. Try again.');
  }
  return enrolSource(deps.store, {
    code,
    publicKey,
    fingerprint: fingerprint(publicKey),
    now: deps.now(),
  });
}
