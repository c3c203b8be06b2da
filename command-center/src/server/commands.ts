import { createHmac, hash } from 'node:crypto';
import { IdempotencyKey, isRefusal, type Refusal } from '@sightline/contracts';
import { fastifyCookie } from '@fastify/cookie';
import {
  appendAudit,
  runCommand,
  type Client,
  type CommandReply,
  type RegisterChange,
} from '@sightline/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from './audited.ts';
import { accountOf, placeOf, purposeOf } from './guard-routes.ts';
import { parser } from './parse.ts';
import { sendRefusal } from './problem.ts';
import type { RouteDeps } from './route-deps.ts';

const parseKey = parser(IdempotencyKey);

/** The id the page gave its command; a 400 where there is none. */
export function commandIdOf(request: FastifyRequest): string {
  return parseKey(request.headers['idempotency-key']);
}

export interface CommandRun {
  readonly request: FastifyRequest;
  /** Such as `people.add`; also what stands in the audit. */
  readonly name: string;
  readonly subject?: string;
  /** What was asked for, beside the route. */
  readonly asked: unknown;
}

/**
 * The one way a command runs: once an id, in one transaction with its audit row, where and why its
 * route's rule found it. `work` loads, decides and appends; its refusal rolls everything back. A `conflict` (somebody else was faster) is tried
 * once more on what is true then.
 */
export async function command<T extends CommandReply>(
  deps: RouteDeps,
  run: CommandRun,
  work: (client: Client, change: RegisterChange) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const viewer = accountOf(run.request);
  const { region } = placeOf(run.request);
  const purpose = purposeOf(run.request);
  const now = deps.now();
  const commandId = commandIdOf(run.request);
  const attempt = () =>
    runCommand(
      deps.store,
      {
        commandId,
        accountId: viewer.accountId,
        name: run.name,
        request: [region, run.subject ?? null, run.asked],
        now,
      },
      async (client) => {
        const who = actorOf(viewer);
        const entry = {
          who,
          what: run.name,
          region,
          purpose,
          subject: run.subject ?? null,
        };
        await appendAudit(client, { entry, now });
        return work(client, { now, actor: who, cause: commandId });
      },
    );
  const first = await attempt();
  return isRefusal(first) && first.code === 'conflict' ? attempt() : first;
}

/** Answers with what a command returned: 201 and the reply, or its refusal. */
export function sendResult(reply: FastifyReply, result: object | Refusal): FastifyReply {
  return isRefusal(result) ? sendRefusal(reply, result) : reply.code(201).send(result);
}

/**
 * Eight digits that nobody stored: drawn from the session's own secret and the command's id, so that a
 * repeated command shows the same code and nobody else can compute it.
 */
export function drawCode(request: FastifyRequest): string {
  const bits = draw(request, 'grant code').readBigUInt64BE();
  return String(bits % 100_000_000n).padStart(8, '0');
}

/** A token drawn the same way: 256 bits, base64url. */
export function drawToken(request: FastifyRequest): string {
  return draw(request, 'token').toString('base64url');
}

function draw(request: FastifyRequest, use: string): Buffer {
  const { account } = request.server.cookieNames;
  const secret = fastifyCookie.parse(request.headers.cookie ?? '')[account];
  if (secret === undefined) throw new Error('A secret is drawn for a signed-in account only.');
  return createHmac('sha256', secret)
    .update(`${use}\n${commandIdOf(request)}`)
    .digest();
}

/** A secret joins the reply outside the stored one: it is kept nowhere. */
export function withSecret<T extends object, S extends object>(
  result: T | Refusal,
  secret: S,
): (T & S) | Refusal {
  return isRefusal(result) ? result : { ...result, ...secret };
}

/** What the terminal gets instead of the code (see Grant in contracts). */
export function hashCode(salt: string, code: string): string {
  return hash('sha256', `${salt}\n${code}`, 'base64url');
}
