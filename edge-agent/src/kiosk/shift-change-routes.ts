import {
  isRefusal,
  KioskShiftAnswerRequest,
  type OwnShiftChange,
  type Refusal,
} from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 换班, 请假, 顶班, as the page asks for them. */
export interface ShiftChangeCommands {
  answer(request: KioskShiftAnswerRequest): Promise<OwnShiftChange | Refusal>;
}

/** Slow, as everything that takes a PIN. */
export function shiftChangeRoutes(app: FastifyInstance, commands: ShiftChangeCommands): void {
  app.post<{ Body: KioskShiftAnswerRequest }>(
    '/api/shift-change/answer',
    {
      schema: { body: KioskShiftAnswerRequest },
      config: { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const answer = await commands.answer(request.body);
      return isRefusal(answer) ? sendRefusal(reply, answer) : reply.send(answer);
    },
  );
}
