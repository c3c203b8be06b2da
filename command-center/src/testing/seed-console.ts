import { randomUUID } from 'node:crypto';
import {
  addPeople,
  appendAudit,
  enrolSource,
  issueEnrolmentCode,
  saveQuarantine,
  type Store,
} from '@sightline/store';
import { seedConsent, shownVillage } from './seed-consent.ts';
import { seedRegister } from './seed-register.ts';
import { equippedVillages } from './seed-scene.ts';
import { checkedIn, checkedInByFace, checkedInWitnessed, record } from './start-test-centre.ts';

export { shownVillage } from './seed-consent.ts';

const people = [
  ['扎西顿珠', '支部书记'],
  ['央金卓玛', '村委会主任'],
  ['次仁旺堆', '纪检委员'],
  ['达瓦拉姆', '妇女主任'],
  ['བསྟན་འཛིན་རྒྱ་མཚོ།', '驻村工作队'],
  ['普布', ''],
] as const;

/** People, check-ins by name and refused facts, for pictures of a console in use. All synthetic. */
export async function seedConsole(store: Store): Promise<void> {
  const now = Temporal.Now.instant();
  const change = { now, actor: 'system:demo' };
  const shown = people.map(([name, post]) => ({
    personId: randomUUID(),
    region: shownVillage,
    name,
    post,
  }));
  const others = equippedVillages()
    .filter((region, index) => region !== shownVillage && index % 3 === 0)
    .map((region) => ({ personId: randomUUID(), region, name: '洛桑', post: '委员' }));
  await addPeople(store, [...shown, ...others], change);
  const [first, second, third] = shown.map(({ personId }) => personId);
  if (first === undefined || second === undefined || third === undefined) return;
  const witnessed = { personId: third, witnessId: first };
  const checkIns = [
    checkedIn(shownVillage, '2026-11-23/day', second),
    checkedInByFace(shownVillage, '2026-11-23/day', first),
    checkedInWitnessed(shownVillage, '2026-11-23/day', witnessed),
  ];
  await record(
    store,
    checkIns.map((fact, index) => ({
      ...fact,
      at: now.subtract({ minutes: 40 - index * 11 }).toString({ fractionalSecondDigits: 3 }),
    })),
  );
  await enrolCounty(store, now);
  await seedConsent(store, { withdrawn: first, enrolled: second, forged: third });
  await seedTrouble(store);
  await seedAudit(store, now);
  await seedRegister(store);
}

const doings = [
  ['people.read', 'duty-watch'],
  ['people.add', 'roster-upkeep'],
  ['grant.set-pin', 'vouching'],
  ['consent.read', 'consent-upkeep'],
  ['people.export', 'roster-upkeep'],
] as const;

/** What somebody read and did within the last days: more than one page of it. */
async function seedAudit(store: Store, now: Temporal.Instant): Promise<void> {
  for (let index = 0; index < 60; index += 1) {
    const [what = '', purpose = ''] = doings[index % doings.length] ?? [];
    const entry = { who: 'system:demo', what, purpose, region: shownVillage, subject: null };
    await appendAudit(store.pool, { entry, now: now.subtract({ minutes: 60 * (60 - index) }) });
  }
}

/** Devices with keys, so that the terminals of the county have a state of their own. */
async function enrolCounty(store: Store, now: Temporal.Instant): Promise<void> {
  const at = now.subtract({ hours: 30 }).toString({ fractionalSecondDigits: 3 });
  const regions = equippedVillages().filter(
    (region) => region.startsWith('540235') && region !== shownVillage,
  );
  for (const [index, region] of regions.entries()) {
    const code = await issueEnrolmentCode(store.pool, `t-${region}`, at);
    const fingerprint = `seed${String(index).padStart(39, '0')}`;
    await enrolSource(store, { code, publicKey: fingerprint, fingerprint, now: at });
  }
}

const troubles = ['fork', 'bad-seal', 'gap', 'malformed', 'not-yours', 'too-large'] as const;

async function seedTrouble(store: Store): Promise<void> {
  const rows = troubles.map((reason, index) => {
    const region = equippedVillages()[index * 97] ?? shownVillage;
    return {
      source: 'k3vJ0m2Yw8bQx7nTq4Rz1uLh6sGd9fAoEiCpVyXtWcM',
      seq: 1204 + index * 37,
      region,
      terminalId: `t-${region}`,
      reason,
      message: `Seq ${1204 + index * 37} of t-${region} was not taken: ${reason}.`,
      settled: index > 2,
      hash: null,
      body: '{}',
    };
  });
  await saveQuarantine(store.pool, rows);
}
