import {
  eraseAppealTexts,
  eraseComplaintTexts,
  eraseHandOverTexts,
  openSealedTexts,
  refreshNotices,
  type Projected,
  type Store,
} from '@sightline/store';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface ComplaintDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
  /** Calendar days within which an answer is due. */
  readonly answerDays: number;
}

/** 意见, and the words of 交接 and 申诉. What kiosks sealed is opened, terminals are told where theirs stand, and old words are erased. */
export interface Complaints extends AsyncDisposable {
  /** Takes what was projected; never throws, never waits. */
  noteProjected(projected: Projected): void;
}

/**
 * Looks when something of a complaint was projected, and from time to time: readings and retention move
 * with time alone, and what a fallen process left undone is found again.
 */
export function startComplaints({ store, now, onError, answerDays }: ComplaintDeps): Complaints {
  const { readingMinutes, complaintTextDays: textDays, complaintKeyDays: keyDays } = liveLimits;
  const loop = startLoop({
    everyMs: liveLimits.complaintsMs,
    onError,
    work: async (signal) => {
      while (!signal.aborted && (await openSealedTexts(store)) > 0);
      const refresh = { now: now(), answerDays, readingMinutes };
      while (!signal.aborted && (await refreshNotices(store, refresh)) > 0);
      await eraseComplaintTexts(store, { textDays, keyDays }, now());
      await eraseHandOverTexts(store, { textDays: liveLimits.handOverTextDays, now: now() });
      await eraseAppealTexts(store, { textDays: liveLimits.appealTextDays, now: now() });
    },
  });
  return {
    noteProjected({ entries }) {
      const isOurs = ({ fact: { type } }: Projected['entries'][number]): boolean =>
        type.startsWith('complaint.') || type === 'hand-over.left' || type === 'duty.appealed';
      if (entries.some(isOurs)) loop.wake();
    },
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  };
}
