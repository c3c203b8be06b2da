import Type from 'typebox';
import { terminalIdPattern, uuidPattern } from '../fact.ts';
import { noticeLimits } from './notice.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });

/** The codes of `noticeLevels`. */
export const NoticeLevelCode = Type.Union([Type.Literal('plain'), Type.Literal('important')]);

const atTerminal = {
  noticeId: Uuid,
  terminalId: Type.String({ pattern: terminalIdPattern }),
  simulated: Type.Optional(Type.Literal(true)),
};

/** What a notice says stands in no fact: only that it was posted, came and was read. */
export const noticeFactData = {
  /** 送达: the terminal has it. */
  'notice.delivered': Type.Object(atTerminal, closed),
  /** 已阅: by whoever stood there, or signed for by somebody's PIN. */
  'notice.read': Type.Union([
    Type.Object(atTerminal, closed),
    Type.Object({ ...atTerminal, personId: Uuid, method: Type.Literal('pin') }, closed),
  ]),
  // Facts of the centre.
  'notice.posted': Type.Object(
    {
      noticeId: Uuid,
      level: NoticeLevelCode,
      /** How many villages get it. */
      villages: Type.Integer({ minimum: 1, maximum: noticeLimits.villages }),
    },
    closed,
  ),
  'notice.withdrawn': Type.Object({ noticeId: Uuid }, closed),
} as const;
