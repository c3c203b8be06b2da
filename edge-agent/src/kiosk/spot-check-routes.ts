import { isRefusal, uuidPattern, type KioskResult, type Refusal } from '@sightline/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 在岗抽查, as the page asks for it. */
export interface CheckCommands {
  shown(checkId: string): Promise<Refusal | null>;
  startFace(checkId: string): Refusal | null;
  answerByPin(request: CheckPinBody): Promise<KioskResult | Refusal>;
  askForCall(checkId: string): Promise<Refusal | null>;
}

const closed = { additionalProperties: false } as const;
const checkId = Type.String({ pattern: uuidPattern });
const OfCheck = Type.Object({ checkId }, closed);
type OfCheck = Static<typeof OfCheck>;
const own = {
  personId: Type.String({ minLength: 1, maxLength: 64 }),
  pin: Type.String({ pattern: '^[0-9]{6}$' }),
};
const CheckPinBody = Type.Object(
  { checkId, ...own, witness: Type.Optional(Type.Object(own, closed)) },
  closed,
);
export type CheckPinBody = Static<typeof CheckPinBody>;

const slowly = { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } };

/** What a ring may be answered with; PINs slowly, so that guessing is. */
export function spotCheckRoutes(app: FastifyInstance, commands: CheckCommands): void {
  const ofCheck = { schema: { body: OfCheck }, config: slowly };
  app.post<{ Body: OfCheck }>('/api/spot-check/shown', ofCheck, async (request, reply) =>
    answer(reply, await commands.shown(request.body.checkId)),
  );
  app.post<{ Body: OfCheck }>('/api/spot-check/face', ofCheck, async (request, reply) =>
    answer(reply, commands.startFace(request.body.checkId)),
  );
  app.post<{ Body: OfCheck }>('/api/spot-check/call', ofCheck, async (request, reply) =>
    answer(reply, await commands.askForCall(request.body.checkId)),
  );
  app.post<{ Body: CheckPinBody }>(
    '/api/spot-check/pin',
    { schema: { body: CheckPinBody }, config: slowly },
    async (request, reply) => answer(reply, await commands.answerByPin(request.body)),
  );
}

function answer(reply: FastifyReply, said: KioskResult | Refusal | null): FastifyReply {
  return isRefusal(said) ? sendRefusal(reply, said) : reply.send(said ?? {});
}
