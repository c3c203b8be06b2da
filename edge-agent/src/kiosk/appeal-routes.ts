import {
  isRefusal,
  KioskAppealRequest,
  type OwnDuties,
  type OwnDuty,
  type Refusal,
} from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 我的值班 and 申诉, as the page asks for them. */
export interface AppealCommands {
  ownDutiesOf(request: OwnPin): Promise<OwnDuties | Refusal>;
  appeal(request: KioskAppealRequest): Promise<OwnDuty | Refusal>;
}

const OwnPin = Type.Object(
  {
    personId: Type.String({ minLength: 1, maxLength: 64 }),
    pin: Type.String({ pattern: '^[0-9]{6}$' }),
  },
  { additionalProperties: false },
);
type OwnPin = Static<typeof OwnPin>;

/** Slow, as everything that takes a PIN. */
export function appealRoutes(app: FastifyInstance, commands: AppealCommands): void {
  const config = { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } };
  app.post<{ Body: OwnPin }>(
    '/api/own-duties',
    { schema: { body: OwnPin }, config },
    async (request, reply) => {
      const answer = await commands.ownDutiesOf(request.body);
      return isRefusal(answer) ? sendRefusal(reply, answer) : reply.send(answer);
    },
  );
  app.post<{ Body: KioskAppealRequest }>(
    '/api/appeal',
    { schema: { body: KioskAppealRequest }, config },
    async (request, reply) => {
      const answer = await commands.appeal(request.body);
      return isRefusal(answer) ? sendRefusal(reply, answer) : reply.send(answer);
    },
  );
}
