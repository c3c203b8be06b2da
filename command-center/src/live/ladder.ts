import { randomUUID } from 'node:crypto';
import {
  dayOfShift,
  isRefusal,
  shiftAt,
  type NotificationChannel,
  type ShiftKey,
} from '@sightline/contracts';
import {
  climb,
  holdLadders,
  inTransaction,
  readArrivals,
  readLadderRules,
  readLadders,
  readOfficers,
  readProgress,
  readReachable,
  readRosterGaps,
  readWatchedSlots,
  type Client,
  type Projected,
  type Queryable,
  type Store,
} from '@sightline/store';
import {
  openLadders,
  runningDuties,
  type OpenLadder,
  type WatchedSlot,
} from '#domain/watch/open-ladders.ts';
import {
  dispatch,
  forWebhook,
  groupMessages,
  officerRegions,
  planClimbs,
} from '#domain/watch/plan-climbs.ts';
import { proposeFallbacks } from '#roster/propose-fallbacks.ts';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface LadderDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
  /** The ways out of this installation. */
  readonly channels: readonly NotificationChannel[];
  /** There is something to be sent. */
  readonly onClimbed?: () => void;
}

/** 逐级提醒. Looks at every running duty and climbs what is due. */
export interface Ladders extends AsyncDisposable {
  /** Takes what was projected; never throws, never waits. */
  noteProjected(projected: Projected): void;
}

export function startLadders(deps: LadderDeps): Ladders {
  const loop = startLoop({
    everyMs: liveLimits.ladderMs,
    onError: deps.onError,
    work: async () => {
      if ((await climbDue(deps)) > 0) deps.onClimbed?.();
    },
  });
  return {
    noteProjected({ entries }) {
      if (entries.some(({ fact }) => fact.type === 'ladder.acknowledged')) loop.wake();
    },
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  };
}

/**
 * One pass in one transaction: everything it knows it reads, everything it does it writes, so a process
 * that falls in the middle leaves nothing half done. Resolves to how many rungs were climbed.
 */
export function climbDue({ store, now, channels }: Omit<LadderDeps, 'onError'>): Promise<number> {
  return inTransaction(store, async (client) => {
    if (!(await holdLadders(client)) || !(await isCaughtUp(client))) return 0;
    const moment = now();
    const open = await readOpenLadders(client, { scope: null, now: moment });
    const due = open.filter(({ ladder }) => ladder.due !== null);
    if (due.length === 0) return 0;
    const officers = await readOfficers(client, officerRegions(due));
    const climbs = planClimbs(due, officers);
    const messages = groupMessages(climbs);
    const points = await readReachable(
      client,
      messages.map(({ recipient }) => recipient),
    );
    const dispatches = [
      ...dispatch(messages, { points, channels }),
      ...(channels.includes('webhook') ? forWebhook(climbs) : []),
    ];
    const notifications = dispatches.map((each) => ({ ...each, notificationId: randomUUID() }));
    const steps = climbs.map(({ recipients, ...step }) => ({ ...step, asked: recipients.length }));
    const refused = await climb(client, { steps, notifications }, moment);
    if (isRefusal(refused)) throw new Error(refused.detail);
    return steps.length;
  });
}

/** A check-in that is stored and not yet projected would make somebody who came look absent. */
async function isCaughtUp(client: Client): Promise<boolean> {
  const { last, asOf } = await readProgress(client);
  return asOf >= last;
}

/** The ladders of the scope as they stand now; scope null = everywhere. */
export async function readOpenLadders(
  db: Queryable,
  { scope, now }: { readonly scope: string | null; readonly now: Temporal.Instant },
): Promise<OpenLadder[]> {
  // Whatever runs began on the day of the shift that runs: a night and a whole day reach into the next.
  const shift = shiftAt(now).key;
  const day = dayOfShift(shift);
  const days = { scope, from: day, to: day };
  const held = await readWatchedSlots(db, days);
  const slots = [...(await withoutAway(db, held)), ...(await readGapSlots(db, days, shift))];
  const running = runningDuties(slots, now);
  const subjects = running.map(({ subject }) => subject);
  if (subjects.length === 0) return [];
  const since = now.subtract({ hours: liveLimits.arrivalHours });
  const arrivals = await readArrivals(db, { scope, since });
  const rules = await readLadderRules(db);
  const ladders = await readLadders(db, subjects);
  const instant = (text: string) => Temporal.Instant.from(text);
  return openLadders({
    now,
    running,
    rules,
    arrivals: arrivals.map((each) => ({ ...each, at: instant(each.at) })),
    steps: Map.groupBy(
      ladders.steps.map(({ at, ...step }) => ({ ...step, at: instant(at) })),
      ({ subject }) => subject,
    ),
    acknowledgements: Map.groupBy(
      ladders.acknowledgements.map(({ at, ...said }) => ({ ...said, at: instant(at) })),
      ({ subject }) => subject,
    ),
  });
}

/** Nobody who is away is rung: their duty is nobody's, and begins with whoever could stand there instead. */
async function withoutAway(
  db: Queryable,
  held: Awaited<ReturnType<typeof readWatchedSlots>>,
): Promise<WatchedSlot[]> {
  const gone = held.filter(({ isAway }) => isAway);
  const proposed = gone.length === 0 ? [] : await proposeFallbacks(db, gone);
  return held.map(({ isAway, isFallbackAway, ...slot }, index) => {
    const fallbackId = isFallbackAway ? null : slot.fallbackId;
    if (!isAway) return { ...slot, fallbackId };
    const at = gone.findIndex((each) => each === held[index]);
    return { ...slot, personId: null, fallbackId: proposed[at] ?? null };
  });
}

/** The gaps of the shift that runs, each with who could stand there. */
async function readGapSlots(
  db: Queryable,
  days: Parameters<typeof readRosterGaps>[1],
  running: ShiftKey,
): Promise<WatchedSlot[]> {
  const gaps = (await readRosterGaps(db, days)).filter(({ shift }) => shift === running);
  if (gaps.length === 0) return [];
  const cells = gaps.map((gap) => ({ ...gap, personId: null }));
  const proposed = await proposeFallbacks(db, cells);
  return cells.map((cell, index) => ({ ...cell, fallbackId: proposed[index] ?? null }));
}
