import {
  AnswerComplaintRequest,
  isRefusal,
  RaiseComplaintRequest,
  receiptOfComplaint,
  ReceiptRequest,
  refuse,
  TakeUpComplaintRequest,
  type ComplaintReceipt,
  type Refusal,
} from '@sightline/contracts';
import {
  answerComplaint,
  findByReceipt,
  holdComplaint,
  inRefusableTransaction,
  raiseComplaint,
  reopenComplaint,
  standingOf,
  takeUpComplaint,
  type ComplaintCase,
  type Client,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  refuseAnswer,
  refuseEmptyComplaint,
  refuseOwnComplaint,
  refuseReopening,
  refuseTakeUp,
} from '#domain/complaint.ts';
import { limits } from '#limits.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf, viewerOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { sendRefusal } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { complaintReadRoutes } from './complaint-read-routes.ts';

const parseRaise = parser(RaiseComplaintRequest);
const parseReceipt = parser(ReceiptRequest);
const parseTakeUp = parser(TakeUpComplaintRequest);
const parseAnswer = parser(AnswerComplaintRequest);

/** For whoever is here, account or screen, about themselves: no role and no purpose is asked. */
const forAll = under({ door: 'viewer' });
/** Receipts are nine digits: nobody tries them out, and nobody floods the office. */
const slowly = (max: number) => ({
  config: { ...forAll.config, rateLimit: { max, timeWindow: '1 minute' } },
});

/** 意见与投诉. Raised by anybody without saying who; taken up and answered by those of the region. */
export function complaintRoutes(app: FastifyInstance, deps: RouteDeps): void {
  raiseRoute(app, deps);
  receiptRoutes(app, deps);
  complaintReadRoutes(app, deps);
  answerRoutes(app, deps);
}

function raiseRoute(app: FastifyInstance, { store, now, config }: RouteDeps): void {
  app.post('/api/complaints', slowly(limits.complaintsPerMinute), async (request, reply) => {
    const asked = parseRaise(request.body);
    const viewer = viewerOf(request);
    const complaint = {
      ...asked,
      text: asked.text.trim(),
      contact: asked.contact.trim(),
      region: viewer.region,
      origin: viewer.kind === 'account' ? 'console' : 'screen',
    } as const;
    const { complaintId } = asked;
    const refusal =
      refuseEmptyComplaint(complaint) ?? (await raiseComplaint(store, complaint, now()));
    const receipt: ComplaintReceipt = {
      complaintId,
      receipt: receiptOfComplaint(complaintId),
      answerDays: config.complaintAnswerDays,
    };
    return sendResult(reply, refusal ?? receipt);
  });
}

/** Whoever holds a receipt sees the answer, and may say once that it is none. */
function receiptRoutes(app: FastifyInstance, { store, now, config }: RouteDeps): void {
  const find = async (db: Client | typeof store.pool, request: FastifyRequest) => {
    const { receipt } = parseReceipt(request.body);
    return findByReceipt(db, { receipt, scope: viewerOf(request).region });
  };
  app.post('/api/complaints/look-up', slowly(limits.receiptsPerMinute), async (request, reply) => {
    const found = await find(store.pool, request);
    if (found === null) return sendRefusal(reply, noSuchReceipt());
    return reply.send(standingOf(found, config.complaintAnswerDays));
  });

  app.post('/api/complaints/reopen', slowly(limits.receiptsPerMinute), async (request, reply) => {
    const result = await inRefusableTransaction(store, async (client) => {
      const found = await find(client, request);
      const held = found === null ? null : await holdComplaint(client, found.complaintId);
      if (held === null) return noSuchReceipt();
      const refusal = refuseReopening(held) ?? (await reopenComplaint(client, held, now()));
      if (refusal !== null) return refusal;
      return (await find(client, request)) ?? noSuchReceipt();
    });
    if (isRefusal(result)) return sendRefusal(reply, result);
    return reply.code(201).send(standingOf(result, config.complaintAnswerDays));
  });
}

function answerRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'answer-complaints', of: 'complaint', purpose: 'complaint' });

  app.post('/api/complaints/:complaintId/take-up', rule, async (request, reply) => {
    const asked = parseTakeUp(request.body ?? {});
    const { id } = placeOf(request);
    const run = { request, name: 'complaint.take-up', subject: `complaint:${id}`, asked };
    const result = await command(deps, run, async (client, change) => {
      const held = await holdForAnswer(client, request);
      if (isRefusal(held)) return held;
      const refusal = refuseTakeUp(held) ?? (await takeUpComplaint(client, held, change));
      return refusal ?? { complaintId: id, state: 'taken-up' };
    });
    return sendResult(reply, result);
  });

  app.post('/api/complaints/:complaintId/answer', rule, async (request, reply) => {
    const asked = parseAnswer(request.body);
    const { id } = placeOf(request);
    const run = { request, name: 'complaint.answer', subject: `complaint:${id}`, asked };
    const text = asked.text.trim();
    const result = await command(deps, run, async (client, change) => {
      const held = await holdForAnswer(client, request);
      if (isRefusal(held)) return held;
      const early = text === '' ? refuse('nothing-said', 'Write an answer.') : refuseAnswer(held);
      if (early !== null) return early;
      const { accountId } = accountOf(request);
      const answer = { ...change, text, accountId };
      const refusal = await answerComplaint(client, held, answer);
      return refusal ?? { complaintId: id, state: 'answered' };
    });
    return sendResult(reply, result);
  });
}

async function holdForAnswer(
  client: Client,
  request: FastifyRequest,
): Promise<ComplaintCase | Refusal> {
  const held = await holdComplaint(client, placeOf(request).id);
  if (held === null) return refuse('no-such-complaint', 'There is no such complaint.');
  return refuseOwnComplaint(held, accountOf(request).login) ?? held;
}

function noSuchReceipt(): Refusal {
  return refuse('no-such-receipt', 'No complaint here has this number. Check its nine digits.');
}
