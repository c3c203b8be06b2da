import { honourWithdrawals, type Projected, type Store } from '@sightline/store';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface WithdrawalDeps {
  readonly store: Store;
  readonly onError: (error: unknown) => void;
}

/** 撤回同意. What a person withdrew at one terminal is carried to the village's others. */
export interface Withdrawals extends AsyncDisposable {
  /** Takes what was projected; never throws, never waits. */
  noteProjected(projected: Projected): void;
}

/**
 * Looks when a withdrawal was projected, and from time to time: what a fallen process or a database
 * that was away left undone stands in the ledger and is found again.
 */
export function startWithdrawals({ store, onError }: WithdrawalDeps): Withdrawals {
  const loop = startLoop({
    everyMs: liveLimits.withdrawalsMs,
    onError,
    work: async (signal) => {
      while (!signal.aborted && (await honourWithdrawals(store)) > 0);
    },
  });
  return {
    noteProjected({ entries }) {
      if (entries.some(({ fact }) => fact.type === 'consent.withdrawn')) loop.wake();
    },
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  };
}
