import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { noticeLimits } from './notice.ts';
import { NoticeLevelCode } from './notice-facts.ts';

const Instant = Type.String({ pattern: instantPattern });

/** 通知 as a terminal is told of it: the whole text, so that it can be read without a link. */
export const TerminalNotice = Type.Object({
  noticeId: Type.String({ pattern: uuidPattern }),
  level: NoticeLevelCode,
  title: Type.String({ minLength: 1, maxLength: noticeLimits.titleChars }),
  text: Type.String({ minLength: 1, maxLength: noticeLimits.textChars }),
  by: Type.Object({
    login: Type.String({ maxLength: 64 }),
    // One of AccountRole; a terminal older than a role shows its name.
    roles: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 6 }),
    region: Type.String({ pattern: regionPattern }),
  }),
  postedAt: Instant,
  /** By when it is to be read; absent = no such time. */
  mustReadBy: Type.Optional(Instant),
});
export type TerminalNotice = Static<typeof TerminalNotice>;

export const TerminalNotices = Type.Array(TerminalNotice, { maxItems: noticeLimits.perTerminal });
