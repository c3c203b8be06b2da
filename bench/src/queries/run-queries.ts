import {
  appendAudit,
  countByTownship,
  countByVillage,
  countDutiesByDay,
  countDutiesByRegion,
  countOrganisationLists,
  listHintPairs,
  listLedger,
  readCells,
  readComposition,
  seedDivisions,
  type Store,
} from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { describeMachine } from '#measure/machine.ts';
import { median, quantile, rounded } from '#measure/median.ts';
import type { BenchOptions } from '#measure/options.ts';
import { fillCheckIns } from './fill-check-ins.ts';
import { fillLedger, ledgerMonth } from './fill-ledger.ts';
import { fillMembers } from './fill-members.ts';

const runsOfEach = 15;
const scope = '5402';
const day = '2026-11-26';
const month = { scope, fromDay: '2026-10-01', toDay: '2026-11-01' };
const year = { scope, fromDay: '2025-11-26', toDay: '2026-11-27' };

const county = { scope: '540235', ...ledgerMonth };
const prefecture = { scope, ...ledgerMonth };

type Query = (store: Store) => Promise<unknown>;

/** What the pages ask, by the figure's name. */
const queries: Readonly<Record<string, Query>> = {
  lastStateMs: ({ pool }) => readCells(pool, scope),
  monthMs: ({ pool }) => countByTownship(pool, month),
  monthByVillageMs: ({ pool }) => countByVillage(pool, month),
  yearMs: ({ pool }) => countByTownship(pool, year),
  compositionMs: ({ pool }) => readComposition(pool, { scope, day }),
  ledgerMs: (store) => ledgerPage(store, county),
  ledgerOfPrefectureMs: (store) => ledgerPage(store, prefecture),
  listsMs: ({ pool }) => countOrganisationLists(pool, { scope, day }),
};

/** What the page of the ledger asks: its figures, its first rows by name, and what is worth a look. */
async function ledgerPage({ pool }: Store, days: typeof county): Promise<void> {
  const now = Temporal.Now.instant();
  const entry = { who: 'system:bench', what: 'ledger.read', region: days.scope, subject: null };
  const receipt = await appendAudit(pool, { entry: { ...entry, purpose: 'duty-watch' }, now });
  const page = { ...days, verdict: null, post: null, limit: 51, after: null };
  await Promise.all([
    countDutiesByRegion(pool, days),
    countDutiesByDay(pool, days),
    listLedger(pool, receipt, page),
    listHintPairs(pool, receipt, days),
  ]);
}

/**
 * A year of two check-ins a village a day and the members of a prefecture, and how long the pages'
 * questions take: on the embedded database, and on `TEST_DATABASE_URL` where it is given.
 */
export async function runQueries(options: BenchOptions): Promise<Record<string, unknown>> {
  const embedded = await measure(options, {});
  const serverUrl = process.env['TEST_DATABASE_URL'];
  const server = serverUrl === undefined ? null : await measure(options, { serverUrl });
  return {
    ...embedded.medians,
    p95: embedded.p95,
    counts: { ...embedded.counts, runsOfEach },
    ...(server === null ? {} : { server }),
    machine: describeMachine(),
  };
}

async function measure({ share }: BenchOptions, at: { readonly serverUrl?: string }) {
  await using store = await openTestStore(at);
  await seedDivisions(store.pool);
  const counts = {
    ...(await fillCheckIns(store, share)),
    ...(await fillLedger(store, share)),
    ...(await fillMembers(store, share)),
  };
  const medians: Record<string, number> = {};
  const p95: Record<string, number> = {};
  for (const [name, query] of Object.entries(queries)) {
    await query(store); // The first reads from the disk what later ones find in memory.
    const times = await timesOf(() => query(store));
    medians[name] = rounded(median(times), 1);
    p95[name] = rounded(quantile(times, 0.95), 1);
  }
  return { medians, p95, counts };
}

async function timesOf(run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < runsOfEach; index += 1) {
    const from = performance.now();
    await run();
    times.push(performance.now() - from);
  }
  return times;
}
