import { isRefusal, type Region, type RosterPatterns } from '@sightline/contracts';
import {
  changeRosters,
  hasCalendar,
  inRefusableTransaction,
  inTransaction,
  readPatterns,
  readRoster,
  replaceCalendar,
  setPatterns,
  type Store,
} from '@sightline/store';
import { planRosters, type PlannedVillage } from './plan-rosters.ts';
import { stateCalendar } from './state-calendar.ts';

export interface RosterExtension {
  /** Villages of one county. */
  readonly villages: readonly Region[];
  /** Of a village that has none. */
  readonly patterns: RosterPatterns;
  readonly actor: string;
  readonly now: Temporal.Instant;
  readonly signal: AbortSignal;
}

/** Filled for so many days, once fewer than so many are left. */
const daysFilled = 41;
const daysLeft = 33;
const festivalDays = 3;
const villagesAtOnce = 50;

/**
 * Gives villages of one county that have no patterns these, and fills their rosters from yesterday on
 * where they end within 33 days. Resolves to how many villages got one.
 */
export async function extendRosters(store: Store, extension: RosterExtension): Promise<number> {
  const { villages, now, signal } = extension;
  const scope = (villages[0] ?? '').slice(0, 6);
  const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  await importYears(store, scope, [today.year, today.add({ days: daysFilled }).year]);
  await addPatterns(store, scope, extension);
  const last = today.add({ days: daysLeft }).toString();
  const there = await readRoster(store.pool, { scope, from: last, to: last });
  const filled = new Set(there.map(({ region }) => region));
  const from = today.subtract({ days: 1 });
  const planned = await planRosters(store.pool, {
    scope,
    from: from.toString(),
    days: daysFilled,
    mode: 'fill',
    // Nothing of yesterday has begun yet: its shifts are filled too.
    now: from.toZonedDateTime('Asia/Shanghai').toInstant(),
  });
  const short = planned.filter(({ region, changed }) => changed > 0 && !filled.has(region));
  for (let at = 0; at < short.length && !signal.aborted; at += villagesAtOnce) {
    await write(store, short.slice(at, at + villagesAtOnce), extension);
  }
  return short.length;
}

async function importYears(store: Store, scope: Region, years: readonly number[]): Promise<void> {
  const region = scope.slice(0, 4);
  for (const year of new Set(years)) {
    const days = stateCalendar(year, festivalDays);
    // A year that the state has not announced: only weekends are known of it.
    if (days === null || (await hasCalendar(store.pool, { region, year }))) continue;
    await inTransaction(store, (client) => replaceCalendar(client, { region, year, days }));
  }
}

async function addPatterns(
  store: Store,
  scope: Region,
  { villages, patterns }: RosterExtension,
): Promise<void> {
  const known = await readPatterns(store.pool, scope);
  const bare = villages.filter((region) => !known.has(region));
  await inTransaction(store, (client) => setPatterns(client, bare, patterns));
}

async function write(
  store: Store,
  some: readonly PlannedVillage[],
  { actor, now }: RosterExtension,
): Promise<void> {
  const change = { now, actor, why: 'generated' } as const;
  const refusal = await inRefusableTransaction(store, (client) =>
    changeRosters(client, some, change),
  );
  if (isRefusal(refusal)) throw new Error(`Rosters were refused: ${refusal.detail}`);
}
