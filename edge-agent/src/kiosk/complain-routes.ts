import {
  isRefusal,
  RaiseComplaintRequest,
  ReceiptRequest,
  type ComplaintReceipt,
  type ComplaintStanding,
  type Reading,
  type Refusal,
} from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 意见 and 谁查看过, as the page asks for them. */
export interface ComplaintCommands {
  complain(request: ComplaintBody): Promise<ComplaintReceipt | Refusal>;
  lookUp(receipt: string): ComplaintStanding | Refusal;
  reopen(receipt: string): Promise<ComplaintStanding | Refusal>;
  readingsOf(request: OwnPin): Promise<{ readonly readings: readonly Reading[] } | Refusal>;
}

const ComplaintBody = Type.Omit(RaiseComplaintRequest, ['aboutLogin'], {
  additionalProperties: false,
});
export type ComplaintBody = Static<typeof ComplaintBody>;
type ReceiptBody = Static<typeof ReceiptRequest>;
const OwnPin = Type.Object(
  {
    personId: Type.String({ minLength: 1, maxLength: 64 }),
    pin: Type.String({ pattern: '^[0-9]{6}$' }),
  },
  { additionalProperties: false },
);
type OwnPin = Static<typeof OwnPin>;

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } });

/** Every one of them slow: numbers and PINs are not tried out, and nobody fills the outbox. */
export function complainRoutes(app: FastifyInstance, commands: ComplaintCommands): void {
  app.post<{ Body: ComplaintBody }>(
    '/api/complaint',
    { schema: { body: ComplaintBody }, config: perMinute(kioskLimits.complaintsPerMinute) },
    async (request, reply) => {
      const answer = await commands.complain(request.body);
      return isRefusal(answer) ? sendRefusal(reply, answer) : reply.send(answer);
    },
  );
  const slowly = perMinute(kioskLimits.codesPerMinute);
  app.post<{ Body: ReceiptBody }>(
    '/api/complaint/look-up',
    { schema: { body: ReceiptRequest }, config: slowly },
    async (request, reply) => {
      const answer = commands.lookUp(request.body.receipt);
      return isRefusal(answer) ? sendRefusal(reply, answer) : reply.send(answer);
    },
  );
  app.post<{ Body: ReceiptBody }>(
    '/api/complaint/reopen',
    { schema: { body: ReceiptRequest }, config: slowly },
    async (request, reply) => {
      const answer = await commands.reopen(request.body.receipt);
      return isRefusal(answer) ? sendRefusal(reply, answer) : reply.send(answer);
    },
  );
  app.post<{ Body: OwnPin }>(
    '/api/readings',
    { schema: { body: OwnPin }, config: slowly },
    async (request, reply) => {
      const answer = await commands.readingsOf(request.body);
      return isRefusal(answer) ? sendRefusal(reply, answer) : reply.send(answer);
    },
  );
}
