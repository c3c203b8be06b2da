import { refuse, type FactData, type Refusal, type TerminalNotice } from '@sightline/contracts';
import { notOnTheList, type WatchPost } from '#domain/decide-check-in.ts';

/** What this terminal has already said of a notice; null = not yet. */
export interface KnownNotice {
  readonly noticeId: string;
  readonly deliveredAt: string;
  readonly readAt: string | null;
  /** Whose PIN signed for it. */
  readonly personId: string | null;
}

/** Those this terminal has not said it has, oldest first. */
export function undeliveredNotices(
  notices: readonly TerminalNotice[],
  known: readonly KnownNotice[],
): TerminalNotice[] {
  const told = new Set(known.map(({ noticeId }) => noticeId));
  return notices.filter(({ noticeId }) => !told.has(noticeId)).toReversed();
}

/** A notice and what was said of it here; undefined = this terminal was sent none. */
export interface AskedNotice {
  readonly notice: TerminalNotice | undefined;
  readonly known: KnownNotice | null;
}

export type ReadDecision =
  | { readonly decision: 'record'; readonly data: FactData<'notice.read'> }
  | { readonly decision: 'already' };

/**
 * 已阅. Once a notice and terminal: an important one is signed for by somebody of the village's list, a
 * plain one is said to be read by nobody in particular.
 */
export function decideRead(
  { notice, known }: AskedNotice,
  personId: string | null,
  { people, terminalId, isSimulated }: Pick<WatchPost, 'people' | 'terminalId' | 'isSimulated'>,
): ReadDecision | Refusal {
  if (notice === undefined) {
    return refuse(
      'no-such-notice',
      'This terminal has no such notice. It may have been withdrawn.',
    );
  }
  if (known !== null && known.readAt !== null) return { decision: 'already' };
  const simulated = isSimulated ? ({ simulated: true } as const) : {};
  const data = { noticeId: notice.noticeId, terminalId, ...simulated };
  if (personId === null) {
    return notice.level === 'important'
      ? refuse('sign-by-pin', 'An important notice is signed for by somebody’s own PIN.')
      : { decision: 'record', data };
  }
  if (!people.some((person) => person.personId === personId)) return notOnTheList();
  return { decision: 'record', data: { ...data, personId, method: 'pin' } };
}
