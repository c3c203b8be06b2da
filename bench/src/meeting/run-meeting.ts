import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { venueSeat } from '@sightline/contracts';
import { childPids, signSeat } from '@sightline/media-server/testing';
import { startTestConstellation, type TestConstellation } from '@sightline/standalone/fixture';
import { ensureMediaSecret } from '@sightline/standalone/media-secret';
import { venueKeys, type VenueKey } from '@sightline/standalone/venue-keys';
import { planRollCallReply } from '@sightline/standalone/village-meetings';
import { openStore, type Store } from '@sightline/store';
import { atOnce } from '#load/at-once.ts';
import { cpuOfTreeMs } from '#measure/cpu.ts';
import { describeMachine } from '#measure/machine.ts';
import { rounded } from '#measure/median.ts';
import { partOf, type BenchOptions } from '#measure/options.ts';
import { limits } from '../limits.ts';
import { openChair, type Chair } from './chair.ts';
import { healedAll, seenByAll } from './seen-by-all.ts';
import { Venue } from './venue.ts';

const full = { villages: 671, late: 40 } as const;
const enteringAtOnce = 20;
/** Of those who are on the air, and of all the others: two cores carry villages, centre and media server. */
const everyMs = { onAir: 200, other: 1_000 } as const;
const steadyMs = 10_000;

/** A meeting of a prefecture, from the call to a worker that is killed in its middle. */
export async function runMeeting(options: BenchOptions): Promise<Record<string, unknown>> {
  const villages = partOf(full.villages, options.share);
  await using held = new AsyncDisposableStack();
  const house = held.use(await startTestConstellation({ villages }));
  const store = held.use(
    await openStore({ databaseUrl: house.databaseUrl, applicationName: 'bench', poolSize: 2 }),
  );
  const chair = await openChair(house.links.signIn, randomUUID());
  const terminals = await enrolled(chair, store, villages);
  const calledMs = performance.now();
  const seats = await chair.call();
  const simulated = terminals.filter(({ isReal }) => !isReal).map(({ region }) => region);
  await everyRing(chair, simulated);
  const ringMs = performance.now() - calledMs;

  const plans = await planVenues(house, store, { chair, simulated });
  const late = plans.slice(-partOf(full.late, options.share));
  const venues: Venue[] = [];
  const enter = async (some: readonly Plan[]) => {
    await atOnce(some, enteringAtOnce, async (plan) => {
      venues.push(held.use(await Venue.enter(plan)));
    });
  };
  const [first] = simulated.map(venueSeat);
  if (first === undefined) throw new Error('There is no village.');
  await chair.act({ act: 'set-on-air', seats: [first] });
  const enteringMs = performance.now();
  await enter(plans.slice(0, -late.length));
  const enterMs = performance.now() - enteringMs;

  const others = () => venues.filter(({ seatId }) => seatId !== first);
  const shownMs = performance.now();
  await Promise.all(venues.map((venue) => venue.watch([first])));
  const seen = await seenByAll(others(), { sinceMs: shownMs, withinMs: limits.roundMs });

  const lateMs = performance.now();
  const before = venues.length;
  await enter(late);
  const lateVenues = venues.slice(before);
  await Promise.all(lateVenues.map((venue) => venue.watch([first])));
  const lateSeen = await seenByAll(lateVenues, { sinceMs: lateMs, withinMs: limits.roundMs });

  const cores = await coresOf(house);
  const rollCall = await callRoll(chair, simulated);

  const [workerPid] = workersOf(house);
  if (workerPid === undefined) throw new Error('There is no media worker.');
  const killed = await healedAll(others(), {
    kill: () => process.kill(workerPid, 'SIGKILL'),
    withinMs: limits.roundMs,
  });
  const rollCallAgain = await callRoll(chair, simulated);
  const counted = await chair.venues();
  return {
    rollCall,
    enterMs: rounded(enterMs, 0),
    seen,
    lateSeen,
    killed,
    rollCallAgain,
    inRoom: counted.filter(({ isInRoom }) => isInRoom).length,
    rejoins: counted.reduce((sum, one) => sum + one.rejoins, 0),
    ringMs: rounded(ringMs, 0),
    cores,
    counts: { seats, villages, venues: venues.length, late: late.length },
    machine: describeMachine(),
  };
}

interface Plan {
  readonly seatId: string;
  readonly key: VenueKey;
  readonly ssrc: number;
  readonly everyMs: number;
}

/** Villages with the keys their terminals were told, townships and counties with keys signed as the centre signs, the chair. */
async function planVenues(
  { dataDir }: TestConstellation,
  store: Store,
  { chair, simulated }: { readonly chair: Chair; readonly simulated: readonly string[] },
): Promise<readonly Plan[]> {
  const told = await venueKeys(store, chair.meetingId);
  const own = await chair.key();
  const { seatsOf } = await chair.view();
  const secret = ensureMediaSecret(dataDir);
  const { meetingId } = chair;
  const keyOf = (seatId: string, region: string): VenueKey | undefined => {
    if (seatId === own.seatId) return own;
    if (region.length === 12) return told.get(region);
    return { mediaUrl: own.mediaUrl, seatToken: signSeat({ meetingId, seatId }, secret) };
  };
  const [first] = simulated.map(venueSeat);
  // The one real terminal has nobody in front of it.
  const here = new Set(simulated);
  return seatsOf
    .filter(({ region }) => region.length < 12 || here.has(region))
    .toSorted((a, b) => Number(b.seatId === first) - Number(a.seatId === first))
    .flatMap(({ seatId, region }, at) => {
      const key = keyOf(seatId, region);
      const every = seatId === first ? everyMs.onAir : everyMs.other;
      return key === undefined ? [] : [{ seatId, key, ssrc: 10_000 + at, everyMs: every }];
    });
}

async function enrolled(chair: Chair, store: Store, villages: number) {
  const read = async () => {
    const { rows } = await store.pool.query<{ region: string; isReal: boolean }>(
      `select t.region, not t.simulated as "isReal"
       from terminal t join terminal_source s using (terminal_id)
       where s.revoked_at is null order by t.region`,
    );
    return rows;
  };
  const isDone = async () => (await read()).length === villages;
  await chair.sees('every village is enrolled', isDone, limits.prepareMs * 2);
  return read();
}

async function everyRing(chair: Chair, simulated: readonly string[]): Promise<void> {
  const silent = new Set(simulated.map(venueSeat));
  const hasAllRung = async () => {
    for (const { seatId, rungAt } of await chair.venues())
      if (rungAt !== null) silent.delete(seatId);
    return silent.size === 0;
  };
  const words = () => `${silent.size} villages ring (${[...silent].slice(0, 3).join(', ')} …)`;
  await chair.sees(words, hasAllRung, limits.returnMs * 2);
}

/** One round for all; who was asked, who was there, and who should have been by the villages' own plan. */
async function callRoll(chair: Chair, simulated: readonly string[]) {
  await chair.act({ act: 'open-roll-call', ask: 'all', seconds: 40 });
  const newest = async () => (await chair.view()).rounds.toSorted((a, b) => b.round - a.round)[0];
  await chair.sees('the roll call is over', async () => (await newest())?.isOpen === false, 90_000);
  const { round = 0, asked = 0, present = 0 } = (await newest()) ?? {};
  const { meetingId } = chair;
  const expected = simulated.filter(
    (region) => planRollCallReply(region, { meetingId, round }).afterMs !== null,
  ).length;
  return { asked, present, expected };
}

function workersOf({ fleet }: TestConstellation): readonly number[] {
  const { pid } = fleet.child('media');
  return pid === null ? [] : childPids('mediasoup-worker', pid);
}

/** Of the media server's own process, and of each worker, over some seconds in which nothing changes. */
async function coresOf(house: TestConstellation) {
  const media = house.fleet.child('media').pid ?? 0;
  const pids = [media, ...workersOf(house)];
  const before = pids.map(cpuOfTreeMs);
  const fromMs = performance.now();
  await delay(steadyMs);
  const spanMs = performance.now() - fromMs;
  const [all = 0, ...workers] = pids.map(
    (pid, at) => (cpuOfTreeMs(pid) - (before[at] ?? 0)) / spanMs,
  );
  const ofWorkers = workers.reduce((sum, cores) => sum + cores, 0);
  return {
    mediaServer: rounded(all - ofWorkers),
    workers: workers.map((cores) => rounded(cores)),
  };
}
