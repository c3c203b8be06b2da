import {
  readOverdue,
  readTroubles,
  type OverdueRow,
  type Store,
  type TroubleRow,
} from '@sightline/store';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface TroubleDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
  /** Calendar days within which a complaint is to be answered. */
  readonly answerDays: number;
}

/** What the log does not tell by itself, as it was last read. */
export interface Troubles extends AsyncDisposable {
  readonly sources: () => readonly TroubleRow[];
  readonly overdue: () => readonly OverdueRow[];
}

/** Sources whose facts were not taken within the day, and complaints without an answer in time. */
export function startTroubles({ store, now, onError, answerDays }: TroubleDeps): Troubles {
  let sources: readonly TroubleRow[] = [];
  let overdue: readonly OverdueRow[] = [];
  const loop = startLoop({
    everyMs: liveLimits.troublesMs,
    onError,
    work: async () => {
      sources = await readTroubles(store.pool, now());
      overdue = await readOverdue(store.pool, { answerDays, now: now() });
    },
  });
  return {
    sources: () => sources,
    overdue: () => overdue,
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  };
}
