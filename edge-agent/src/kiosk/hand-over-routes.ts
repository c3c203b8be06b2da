import {
  handOverLimits,
  HandOverSaid,
  isRefusal,
  type KioskHandOverItem,
  type Refusal,
} from '@sightline/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 签退 and 交接班, as the page asks for them. */
export interface HandOverCommands {
  startCheckOut(): Refusal | null;
  checkOutByPin(request: PinBody): Promise<unknown>;
  /** By the face of somebody on duty. */
  startOpening(): Refusal | null;
  openByPin(request: OwnPin): Promise<unknown>;
  read(pass: string): Promise<{ readonly items: readonly KioskHandOverItem[] } | Refusal>;
  leave(request: LeaveBody): Promise<unknown>;
  accept(request: AcceptBody): Promise<unknown>;
  finish(request: ItemBody): Promise<unknown>;
  play(request: ItemBody): Promise<Buffer | Refusal>;
}

const closed = { additionalProperties: false } as const;
const Pass = Type.String({ minLength: 1, maxLength: 64 });
const ItemId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const OwnPin = Type.Object(
  {
    personId: Type.String({ minLength: 1, maxLength: 64 }),
    pin: Type.String({ pattern: '^[0-9]{6}$' }),
  },
  closed,
);
type OwnPin = Static<typeof OwnPin>;
const PinBody = Type.Object({ ...OwnPin.properties, witness: Type.Optional(OwnPin) }, closed);
type PinBody = Static<typeof PinBody>;
const PassBody = Type.Object({ pass: Pass }, closed);
const ItemBody = Type.Object({ pass: Pass, itemId: ItemId }, closed);
type ItemBody = Static<typeof ItemBody>;
const AcceptBody = Type.Object(
  { pass: Pass, itemIds: Type.Array(ItemId, { minItems: 1, maxItems: handOverLimits.open }) },
  closed,
);
type AcceptBody = Static<typeof AcceptBody>;
const base64Chars = Math.ceil(handOverLimits.voiceBytes / 3) * 4;
const LeaveBody = Type.Object(
  {
    pass: Pass,
    itemId: ItemId,
    sentences: HandOverSaid,
    text: Type.String({ maxLength: handOverLimits.textChars }),
    voice: Type.Optional(
      Type.Object(
        {
          seconds: Type.Integer({ minimum: 1, maximum: handOverLimits.voiceSeconds }),
          /** audio/webm, base64. */
          sound: Type.String({ maxLength: base64Chars, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
        },
        closed,
      ),
    ),
  },
  closed,
);
type LeaveBody = Static<typeof LeaveBody>;
const Nothing = Type.Object({}, closed);

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } });

export function handOverRoutes(app: FastifyInstance, commands: HandOverCommands): void {
  const config = perMinute(kioskLimits.codesPerMinute);
  app.post('/api/check-out/face', { schema: { body: Nothing } }, async (_, reply) =>
    answer(reply, commands.startCheckOut()),
  );
  app.post<{ Body: PinBody }>(
    '/api/check-out/pin',
    { schema: { body: PinBody }, config },
    async (request, reply) => answer(reply, await commands.checkOutByPin(request.body)),
  );
  app.post('/api/hand-over/face', { schema: { body: Nothing } }, async (_, reply) =>
    answer(reply, commands.startOpening()),
  );
  app.post<{ Body: OwnPin }>(
    '/api/hand-over/pin',
    { schema: { body: OwnPin }, config },
    async (request, reply) => answer(reply, await commands.openByPin(request.body)),
  );
  itemRoutes(app, commands);
}

/** Everything after a pass was given out. */
function itemRoutes(app: FastifyInstance, commands: HandOverCommands): void {
  const config = perMinute(kioskLimits.codesPerMinute);
  app.post<{ Body: Static<typeof PassBody> }>(
    '/api/hand-over/items',
    { schema: { body: PassBody }, config },
    async (request, reply) => answer(reply, await commands.read(request.body.pass)),
  );
  app.post<{ Body: LeaveBody }>(
    '/api/hand-over/leave',
    {
      schema: { body: LeaveBody },
      config: perMinute(kioskLimits.handOver.perMinute),
      bodyLimit: kioskLimits.handOver.leaveBytes,
    },
    async (request, reply) => answer(reply, await commands.leave(request.body)),
  );
  app.post<{ Body: AcceptBody }>(
    '/api/hand-over/accept',
    { schema: { body: AcceptBody }, config },
    async (request, reply) => answer(reply, await commands.accept(request.body)),
  );
  app.post<{ Body: ItemBody }>(
    '/api/hand-over/done',
    { schema: { body: ItemBody }, config },
    async (request, reply) => answer(reply, await commands.finish(request.body)),
  );
  app.post<{ Body: ItemBody }>(
    '/api/hand-over/voice',
    { schema: { body: ItemBody }, config },
    async (request, reply) => {
      const sound = await commands.play(request.body);
      return isRefusal(sound) ? sendRefusal(reply, sound) : reply.type('audio/webm').send(sound);
    },
  );
}

function answer(reply: FastifyReply, value: unknown): FastifyReply {
  return isRefusal(value) ? sendRefusal(reply, value) : reply.send(value ?? {});
}
