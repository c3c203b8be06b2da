import { setTimeout as pause } from 'node:timers/promises';
import {
  earlierKey,
  holdTouched,
  inTransaction,
  loadDays,
  moveHeard,
  saveVerdicts,
  touchByTime,
  type JudgedDay,
  type LedgerDay,
  type Projected,
  type Store,
} from '@sightline/store';
import { heardOf } from '#domain/watch/heard-of.ts';
import { completedAtOf, judgeDuty } from '#domain/watch/judge-duty.ts';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface LedgerDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
}

/** 值班台账. Every duty is judged again when something it rests on changed, or its time came. */
export interface LedgerKeeper extends AsyncDisposable {
  /** Takes what was projected; never throws, never waits. */
  noteProjected(projected: Projected): void;
}

/** What must be judged stands in the database: a fallen process loses none of it. */
export function startLedgerKeeper({ store, now, onError }: LedgerDeps): LedgerKeeper {
  const loop = startLoop({
    everyMs: liveLimits.ledgerMs,
    onError,
    work: async (signal) => {
      await keepLedger(store, now, signal);
      // Check-ins come in streams: what came meanwhile is judged together.
      await pause(liveLimits.ledgerGapMs, undefined, { signal }).catch(() => undefined);
    },
  });
  return {
    noteProjected({ entries }) {
      if (entries.some(({ fact }) => touching.has(fact.type))) loop.wake();
    },
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  };
}

const touching: ReadonlySet<string> = new Set([
  'duty.checked-in',
  'clock.anchored',
  'roster.changed',
]);

/** One turn: everything that is marked by now is judged. Resolves to how many days were. */
export async function keepLedger(
  store: Store,
  now: () => Temporal.Instant,
  signal?: AbortSignal,
): Promise<number> {
  await moveHeard(store);
  await touchByTime(store, now());
  let judged = 0;
  while (signal?.aborted !== true) {
    const days = await judgeTouched(store, now());
    if (days === 0) break;
    judged += days;
  }
  return judged;
}

function judgeTouched(store: Store, now: Temporal.Instant): Promise<number> {
  return inTransaction(store, async (client) => {
    const touched = await holdTouched(client);
    if (touched.length === 0) return 0;
    const days = await loadDays(client, touched);
    await saveVerdicts(
      client,
      days.map((day) => judgeDay(day, now)),
      now,
    );
    return touched.length;
  });
}

function judgeDay(day: LedgerDay, now: Temporal.Instant): JudgedDay {
  const { region, checkIns, sources } = day;
  const judged = day.duties.map((duty) => {
    const finding = judgeDuty(duty, { checkIns, heard: heardOf(sources, duty), now });
    const earlier = day.earlier.get(earlierKey(duty.post, duty.from)) ?? null;
    return { duty, finding, completedAt: completedAtOf(duty, finding, { earlier, now }) };
  });
  return { region, day: day.day, judged };
}
