import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { noticeLimits, type NoticeLevel } from './notice.ts';
import { NoticeLevelCode } from './notice-facts.ts';

/*
 * 通知 between the console and the centre. Names stand in NoticeView alone.
 */

const closed = { additionalProperties: false } as const;

/** POST /api/notices → {noticeId, villages} */
export const PostNoticeRequest = Type.Object(
  {
    noticeId: Type.String({ pattern: uuidPattern }),
    region: Type.String({ pattern: regionPattern }),
    level: NoticeLevelCode,
    title: Type.String({ minLength: 1, maxLength: noticeLimits.titleChars }),
    text: Type.String({ minLength: 1, maxLength: noticeLimits.textChars }),
    /** Null = no such time. */
    mustReadBy: Type.Union([Type.String({ pattern: instantPattern }), Type.Null()]),
  },
  closed,
);
export type PostNoticeRequest = Static<typeof PostNoticeRequest>;

/** POST /api/notices/:noticeId/withdraw → {noticeId} */
export const WithdrawNoticeRequest = Type.Object({}, closed);

/** GET /api/notices/plan?region= : who would get a notice now. */
export interface NoticePlan {
  readonly villages: number;
  readonly notEquipped: number;
}

/** GET /api/notices?region=&before= (audited), newest first; figures within what the asker may see. */
export interface NoticeLine {
  readonly noticeId: string;
  readonly region: string;
  readonly level: NoticeLevel;
  readonly title: string;
  /** Login of the account that posted it. */
  readonly by: string;
  readonly postedAt: string;
  readonly mustReadBy: string | null;
  readonly withdrawnAt: string | null;
  readonly sent: number;
  readonly delivered: number;
  readonly read: number;
}

/** 回执 of one village. */
export interface NoticeReceipt {
  readonly region: string;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
  /** Who signed for it; null = nobody was asked, or nobody has. */
  readonly readBy: string | null;
}

/** GET /api/notices/:noticeId?region= (audited): what it says, and every village's receipt. */
export interface NoticeView extends NoticeLine {
  readonly text: string;
  /** Not delivered first, then not read; within each by code, so that no list is a ranking. */
  readonly receipts: readonly NoticeReceipt[];
}
