/*
 * What pages need of notices: no schemas here, so that a page does not carry the schema language.
 */

export const noticeLimits = {
  /** Unicode characters, not bytes: a Tibetan syllable has several. */
  titleChars: 60,
  textChars: 1_000,
  /** Notices a terminal is told of: its newest, and of those only what fits. */
  perTerminal: 20,
  bytesPerTerminal: 8 * 1024,
  /** Villages of the prefecture and some more. */
  villages: 2_000,
  mustReadMaxDays: 90,
} as const;

/** 普通, 重要. An important one is signed for by a person's own PIN. */
export const noticeLevels = ['plain', 'important'] as const;
export type NoticeLevel = (typeof noticeLevels)[number];

/** All facts of a notice, of the centre and of its villages, share this key. */
export function noticeStream(region: string, noticeId: string): string {
  return `notice/${region}/${noticeId}`;
}

/** When a terminal said something, and when that was heard. */
export interface SaidAt {
  /** The terminal's own time of it, epoch milliseconds. */
  readonly atMs: number;
  /** The server's time was heard since that boot. */
  readonly isCertain: boolean;
  readonly receivedMs: number;
  readonly postedMs: number;
}

/**
 * 签收时刻. A notice that is read while the link is away is read then, not when the link is back: the
 * terminal's time counts where it was set by the server's. Never before the notice, never after its word.
 */
export function receiptMs({ atMs, isCertain, receivedMs, postedMs }: SaidAt): number {
  const latest = Math.max(postedMs, receivedMs);
  return isCertain ? Math.min(Math.max(atMs, postedMs), latest) : latest;
}
