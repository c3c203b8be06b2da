import { isRefusal, uuidPattern, type KioskResult, type Refusal } from '@sightline/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 会议, 远程开启许可 and 遮板, as the page asks for them. */
export interface MeetingCommands {
  rung(meetingId: string): Promise<Refusal | null>;
  answer(request: MeetingAnswerBody): Promise<Refusal | null>;
  present(request: RollCallBody): Promise<KioskResult | Refusal>;
  presentByPin(request: MeetingPinBody): Promise<KioskResult | Refusal>;
  startFace(request: RollCallBody): Refusal | null;
  setLeave(request: RemoteLeaveBody): Promise<Refusal | null>;
  setShutter(isShut: boolean): Promise<null>;
}

const closed = { additionalProperties: false } as const;
const meetingId = Type.String({ pattern: uuidPattern });
const round = Type.Integer({ minimum: 1, maximum: 99 });
const own = {
  personId: Type.String({ minLength: 1, maxLength: 64 }),
  pin: Type.String({ pattern: '^[0-9]{6}$' }),
};
const OfMeeting = Type.Object({ meetingId }, closed);
const MeetingAnswerBody = Type.Object(
  {
    meetingId,
    answer: Type.Union([Type.Literal('accepted'), Type.Literal('declined')]),
    how: Type.Union([Type.Literal('touch'), Type.Literal('auto')]),
  },
  closed,
);
export type MeetingAnswerBody = Static<typeof MeetingAnswerBody>;
const RollCallBody = Type.Object({ meetingId, round }, closed);
export type RollCallBody = Static<typeof RollCallBody>;
const MeetingPinBody = Type.Object(
  { meetingId, round, ...own, witness: Type.Optional(Type.Object(own, closed)) },
  closed,
);
export type MeetingPinBody = Static<typeof MeetingPinBody>;
/** With a PIN it is given, without it ends. */
const RemoteLeaveBody = Type.Object({ own: Type.Optional(Type.Object(own, closed)) }, closed);
export type RemoteLeaveBody = Static<typeof RemoteLeaveBody>;
const ShutterBody = Type.Object({ isShut: Type.Boolean() }, closed);

const slowly = { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } };

/** What a meeting may be answered with; PINs slowly, so that guessing is. */
export function meetingRoutes(app: FastifyInstance, commands: MeetingCommands): void {
  app.post<{ Body: Static<typeof OfMeeting> }>(
    '/api/meetings/rung',
    { schema: { body: OfMeeting }, config: slowly },
    async ({ body }, reply) => answer(reply, await commands.rung(body.meetingId)),
  );
  app.post<{ Body: MeetingAnswerBody }>(
    '/api/meetings/answer',
    { schema: { body: MeetingAnswerBody }, config: slowly },
    async ({ body }, reply) => answer(reply, await commands.answer(body)),
  );
  app.post<{ Body: RollCallBody }>(
    '/api/meetings/present/button',
    { schema: { body: RollCallBody }, config: slowly },
    async ({ body }, reply) => answer(reply, await commands.present(body)),
  );
  app.post<{ Body: MeetingPinBody }>(
    '/api/meetings/present/pin',
    { schema: { body: MeetingPinBody }, config: slowly },
    async ({ body }, reply) => answer(reply, await commands.presentByPin(body)),
  );
  app.post<{ Body: RollCallBody }>(
    '/api/meetings/present/face',
    { schema: { body: RollCallBody }, config: slowly },
    async ({ body }, reply) => answer(reply, commands.startFace(body)),
  );
  app.post<{ Body: RemoteLeaveBody }>(
    '/api/meetings/leave',
    { schema: { body: RemoteLeaveBody }, config: slowly },
    async ({ body }, reply) => answer(reply, await commands.setLeave(body)),
  );
  app.post<{ Body: Static<typeof ShutterBody> }>(
    '/api/shutter',
    { schema: { body: ShutterBody } },
    async ({ body }, reply) => answer(reply, await commands.setShutter(body.isShut)),
  );
}

function answer(reply: FastifyReply, said: KioskResult | Refusal | null): FastifyReply {
  return isRefusal(said) ? sendRefusal(reply, said) : reply.send(said ?? {});
}
