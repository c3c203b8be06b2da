import { noticeLimits, refuse, type PostNoticeRequest, type Refusal } from '@sightline/contracts';

/** What somebody wrote, and by when it is to be read. */
export type AskedNotice = Pick<PostNoticeRequest, 'title' | 'text' | 'mustReadBy'>;

export interface NoticeGround {
  /** Villages of the region that have a terminal. */
  readonly villages: number;
  readonly now: Temporal.Instant;
}

/** 发布通知: what is posted, trimmed; refused where nobody gets it or the words or the time cannot be. */
export function decideNotice(
  asked: AskedNotice,
  { villages, now }: NoticeGround,
): AskedNotice | Refusal {
  const title = asked.title.trim();
  const text = asked.text.trim();
  if (title === '' || text === '') return refuse('empty-notice', 'Write a title and a text.');
  if (countOf(title) > noticeLimits.titleChars || countOf(text) > noticeLimits.textChars) {
    return refuse(
      'notice-too-long',
      `At most ${noticeLimits.titleChars} characters in the title and ${noticeLimits.textChars} in the text.`,
    );
  }
  if (unwritable.test(title + text)) {
    return refuse('unwritable', 'It holds characters that no page can show. Type it again.');
  }
  const { mustReadBy } = asked;
  if (mustReadBy !== null && !isAhead(Temporal.Instant.from(mustReadBy), now)) {
    return refuse(
      'read-by-time',
      `The time to read it by lies ahead, by ${noticeLimits.mustReadMaxDays} days at most.`,
    );
  }
  if (villages === 0) return refuse('nobody-to-tell', 'No village there has a terminal.');
  return { title, text, mustReadBy };
}

/** Whether it may be withdrawn; null = yes. */
export function refuseNoticeWithdrawal(isWithdrawn: boolean): Refusal | null {
  return isWithdrawn ? refuse('withdrawn-before', 'It was withdrawn already.') : null;
}

/** As the database counts: by Unicode characters. */
function countOf(text: string): number {
  return Array.from(text).length;
}

/** Control characters beside line ends and tabs, and halves of characters: the database keeps neither. */
const unwritable = /\p{Cs}|(?![\n\r\t])\p{Cc}/u;

function isAhead(until: Temporal.Instant, now: Temporal.Instant): boolean {
  const last = now.add({ hours: 24 * noticeLimits.mustReadMaxDays });
  return Temporal.Instant.compare(until, now) > 0 && Temporal.Instant.compare(until, last) <= 0;
}
