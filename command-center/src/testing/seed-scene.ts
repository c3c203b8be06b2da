import { randomUUID } from 'node:crypto';
import { shiftAt } from '@sightline/contracts';
import { equippedCounties, prefecture5402 } from '@sightline/contracts/divisions';
import {
  createTerminals,
  liveProjections,
  raiseComplaint,
  rebuild,
  saveLinkStates,
  seedDivisions,
  type LinkState,
  type Store,
} from '@sightline/store';
import {
  brokerListens,
  checkedIn,
  checkedInByFace,
  checkedInWitnessed,
  enrolled,
  record,
} from './start-test-centre.ts';

/** What a picture of the screen may show. */
export type Scene = 'empty' | 'full' | 'outage';

const cutCounty = '540235';
const ago = (seconds: number): string =>
  Temporal.Now.instant().subtract({ seconds }).toString({ fractionalSecondDigits: 3 });

/** Fills a fresh database with a scene; the same villages are unsteady and offline every time. */
export async function seedScene(store: Store, scene: Scene): Promise<void> {
  await seedDivisions(store.pool);
  await tellBroker(store);
  if (scene === 'empty') return;
  const villages = equippedVillages();
  await createTerminals(
    store,
    villages.map((region) => ({ terminalId: `t-${region}`, region, simulated: true })),
  );
  await giveKeys(store);
  await record(store, villages.map(enrolled));
  await checkInDay(store, villages);
  if (scene === 'outage') await leaveUnanswered(store);
  await spreadOverDay(store);
  await tellLinks(store, scene);
}

/** Every terminal has been enrolled with a device key, which nobody holds. */
async function giveKeys(store: Store): Promise<void> {
  await store.pool.query(`
    insert into terminal_source (source, terminal_id, public_key, enrolled_at)
    select 'key-' || terminal_id, terminal_id, 'none', now() from terminal`);
}

/** The same beginning on every call: a later one would be a restart, and every status unknown again. */
export function tellBroker(store: Store): Promise<void> {
  const hour = Temporal.Now.instant().round({ smallestUnit: 'hour', roundingMode: 'floor' });
  return brokerListens(store, hour.subtract({ hours: 9 }));
}

/** The broker says that it listens, until disposed: silent for 15 s it would not be listening. */
export function keepBrokerAlive(store: Store): Disposable {
  // A beat that fails while the database goes away with the test is none.
  const beat = (): void => void tellBroker(store).catch(() => undefined);
  beat();
  const timer = setInterval(beat, 3_000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Writes every terminal's link as of now: call it again before a minute has passed. */
export async function tellLinks(store: Store, scene: Scene): Promise<void> {
  await tellBroker(store);
  if (scene === 'empty') return;
  const states = equippedVillages().map((region, index) => linkOf(region, index, scene));
  await saveLinkStates(store.pool, states);
}

export function equippedVillages(): string[] {
  return prefecture5402
    .filter(({ code, level }) => level === 'village' && equippedCounties.includes(code.slice(0, 6)))
    .map(({ code }) => code);
}

function linkOf(region: string, index: number, scene: Scene): LinkState {
  const isCut = scene === 'outage' && region.startsWith(cutCounty);
  const silentS = isCut ? 380 + (index % 20) : silenceOf(index);
  return {
    terminalId: `t-${region}`,
    region,
    connected: silentS < 60,
    linkSince: silentS < 60 ? ago(7200 + index) : ago(silentS - 30),
    beatAt: ago(silentS),
    device: null,
    waiting: 0,
    oldestWaitingAt: null,
    deadLetters: 0,
    desiredVersion: 1,
    camera: 'ready',
    version: '0.1.0',
  };
}

/** Seconds since the last word: most are well, some unsteady, three long gone. */
function silenceOf(index: number): number {
  if (index % 223 === 7) return 4000 + index * 11;
  if (index % 37 === 5) return 110 + (index % 90);
  return index % 30;
}

/** The shift before, the night, and this shift, which most have begun. */
async function checkInDay(store: Store, villages: readonly string[]): Promise<void> {
  const shift = shiftAt(Temporal.Now.instant()).key;
  const at = ago(12 * 3600);
  const before = shiftAt(Temporal.Instant.from(at)).key;
  await record(
    store,
    villages.map((region) => ({ ...checkedIn(region, before, randomUUID()), at })),
  );
  const present = villages.filter((_, index) => index % 29 !== 3 && !isLate(index));
  const facts = present.map((region, index) => {
    const personId = randomUUID();
    if (index % 6 === 0) return checkedInByFace(region, shift, personId);
    if (index % 9 === 1) {
      return checkedInWitnessed(region, shift, { personId, witnessId: randomUUID() });
    }
    return checkedIn(region, shift, personId);
  });
  await record(store, facts);
}

/** Complaints of two townships whose time is over, and one that still has some. */
async function leaveUnanswered(store: Store): Promise<void> {
  const said = { kind: 'complaint', sentences: ['nobody-answers'], text: '', contact: '' } as const;
  const villages = [
    ['540221100201', 10],
    ['540221100202', 8],
    ['540221201201', 9],
    ['540221202201', 2],
  ] as const;
  for (const [region, days] of villages) {
    const complaint = { complaintId: randomUUID(), ...said, region, origin: 'kiosk' } as const;
    const refusal = await raiseComplaint(
      store,
      complaint,
      Temporal.Now.instant().subtract({ hours: 24 * days }),
    );
    if (refusal !== null) throw new Error(refusal.detail);
  }
}

/** The last to come, with the statuses already known: what a feed shows on an ordinary day. */
export async function checkInLate(store: Store): Promise<void> {
  const late = equippedVillages().filter((_, index) => isLate(index));
  const shift = shiftAt(Temporal.Now.instant()).key;
  await record(
    store,
    late.map((region, index) => ({
      ...checkedIn(region, shift, randomUUID()),
      at: ago((late.length - index) * 25),
    })),
  );
}

function isLate(index: number): boolean {
  return index % 31 === 11;
}

/** For the picture of a day: facts come in all day long, in a rush when the watch changes. */
async function spreadOverDay(store: Store): Promise<void> {
  await store.pool.query(`
    update log set received_at = now() - (case when position % 3 = 0
      then interval '24 hours' * ((position * 7919 % 1000) / 1000.0)
      else interval '1 hour' * ((position * 104729 % 1000) / 1000.0)
        + interval '12 hours' * (position % 2) end)`);
  for (const projection of liveProjections) await rebuild(store, projection);
}
