import {
  isRefusal,
  KioskAbsenceRequest,
  type OwnAbsence,
  type Refusal,
} from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 外出, as the page asks for it. */
export interface AbsenceCommands {
  ask(request: KioskAbsenceRequest): Promise<OwnAbsence | Refusal>;
}

/** Slow, as everything that takes a PIN. */
export function absenceRoutes(app: FastifyInstance, commands: AbsenceCommands): void {
  app.post<{ Body: KioskAbsenceRequest }>(
    '/api/absence',
    {
      schema: { body: KioskAbsenceRequest },
      config: { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const kept = await commands.ask(request.body);
      return isRefusal(kept) ? sendRefusal(reply, kept) : reply.send(kept);
    },
  );
}
