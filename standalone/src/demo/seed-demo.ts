import { createHash } from 'node:crypto';
import {
  addPeople,
  createTerminals,
  issueEnrolmentCodes,
  listTerminals,
  type NewPerson,
  type Store,
} from '@sightline/store';
import type { DemoPerson, DemoVillage } from './plan-demo.ts';

const prefecture = '5402';
const villagesAtOnce = 100;

export interface SeedingDemo {
  /** Whether the terminal's own folder holds its enrolment: a restored database comes without any. */
  readonly isHere: (terminal: DemoVillage) => Promise<boolean>;
  readonly report: (measured: string) => void;
}

/** A simulated or real terminal of the demo, with the code that it still has to use, or null. */
export interface DemoTerminal {
  readonly terminalId: string;
  readonly region: string;
  readonly simulated: boolean;
  readonly code: string | null;
}

/**
 * Equips the planned villages: terminals, people, and codes for those not yet enrolled. What is there
 * already is left alone, so a later start only continues. A terminal whose key stayed in another folder
 * gets a new code, as a broken one would: its earlier key ends when the new one is enrolled.
 */
export async function seedDemo(
  store: Store,
  plan: readonly DemoVillage[],
  { isHere, report }: SeedingDemo,
): Promise<DemoTerminal[]> {
  const known = new Set((await everyTerminal(store)).keys());
  const fresh = plan.filter((village) => !known.has(village.terminalId));
  let people = 0;
  for (let from = 0; from < fresh.length; from += villagesAtOnce) {
    const some = fresh.slice(from, from + villagesAtOnce);
    people += await equip(store, some);
    report(`${from + some.length} of ${fresh.length} villages, ${people} people`);
  }
  return withCodes(store, plan, isHere);
}

async function equip(store: Store, villages: readonly DemoVillage[]): Promise<number> {
  await createTerminals(
    store,
    villages.map(({ terminalId, region, simulated, placeNames }) => ({
      terminalId,
      region,
      simulated,
      placeNames,
      settings: { faceEnabled: true, demo: true },
    })),
  );
  const people = villages.flatMap((village) =>
    village.people.map((person, index) => asNewPerson(village.region, person, index)),
  );
  const now = Temporal.Now.instant();
  const refusal = await addPeople(store, people, { now, actor: 'system:demo' });
  if (refusal !== null) throw new Error(`The demo's people were refused: ${refusal.detail}`);
  return people.length;
}

function asNewPerson(region: string, person: DemoPerson, index: number): NewPerson {
  return { personId: demoUuid(`${region}/${index}`), region, name: person.name, post: person.post };
}

/** The same person has the same id on every machine. */
function demoUuid(name: string): string {
  const hex = createHash('sha256').update(`sightline demo ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function withCodes(
  store: Store,
  plan: readonly DemoVillage[],
  isHere: SeedingDemo['isHere'],
): Promise<DemoTerminal[]> {
  const enrolled = await everyTerminal(store);
  const waiting: string[] = [];
  for (const village of plan) {
    const { terminalId } = village;
    if (enrolled.get(terminalId) !== true || !(await isHere(village))) waiting.push(terminalId);
  }
  const now = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const codes = await issueEnrolmentCodes(store.pool, waiting, now);
  return plan.map(({ terminalId, region, simulated }) => ({
    terminalId,
    region,
    simulated,
    code: codes.get(terminalId) ?? null,
  }));
}

/** Terminal id → whether a device key is enrolled. */
async function everyTerminal(store: Store): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  let after: { region: string; terminalId: string } | undefined;
  for (;;) {
    const page = { limit: 200, ...(after === undefined ? {} : { after }) };
    const rows = await listTerminals(store.pool, prefecture, page);
    for (const row of rows) found.set(row.terminalId, row.source !== null);
    const last = rows.at(-1);
    if (last === undefined) return found;
    after = { region: last.region, terminalId: last.terminalId };
  }
}
