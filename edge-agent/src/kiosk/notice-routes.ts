import { isRefusal, uuidPattern, type Refusal } from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendRefusal } from '#kiosk/problem.ts';

/** 通知, as the page asks for it. */
export interface NoticeCommands {
  read(request: NoticeReadBody): Promise<Refusal | null>;
}

const closed = { additionalProperties: false } as const;
const NoticeReadBody = Type.Object(
  {
    noticeId: Type.String({ pattern: uuidPattern }),
    /** Who signs for it. */
    own: Type.Optional(
      Type.Object(
        {
          personId: Type.String({ minLength: 1, maxLength: 64 }),
          pin: Type.String({ pattern: '^[0-9]{6}$' }),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type NoticeReadBody = Static<typeof NoticeReadBody>;

const slowly = { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } };

/** "I have read it"; slowly, so that guessing a PIN is. */
export function noticeRoutes(app: FastifyInstance, commands: NoticeCommands): void {
  app.post<{ Body: NoticeReadBody }>(
    '/api/notice/read',
    { schema: { body: NoticeReadBody }, config: slowly },
    async (request, reply) => {
      const refusal = await commands.read(request.body);
      return isRefusal(refusal) ? sendRefusal(reply, refusal) : reply.send({});
    },
  );
}
