import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Challenge, CheckInView, Fact, Page as ListPage } from '@sightline/contracts';
import type { Scene } from '@sightline/models/testing';
import type { Store } from '@sightline/store';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDemo } from '#demo/plan-demo.ts';
import { until } from './edge-fixture.ts';
import { openBrowser } from './testing/browser.ts';
import { readSource, requireCustody } from './testing/custody.ts';
import { openFilmSet, type FilmSet } from './testing/film-set.ts';
import type { TestConstellation } from './testing/fixture.ts';
import type { Kiosk } from './testing/kiosk.ts';
import { openLivePage, type LivePage } from './testing/live-page.ts';
import { dumpDatabase, findSecret, readFiles, readLogs, readTemplates } from './testing/secrets.ts';
import { equipVillage, vouch, type Village } from './testing/village.ts';
import { startVillage, type OpenAgent } from './testing/village-page.ts';
import { openSession, type WebClient } from './testing/web-client.ts';
import { openWire, type Wire } from './testing/wire.ts';

const consentVersion = '2026-11-26';
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let screen: LivePage;
let desk: WebClient;
let dir: string;
let filmOf: FilmSet['filmOf'];
let village: Village;
let otherVillage: Village;
let mqtt: Wire;
let http: Wire;

beforeAll(async () => {
  ({ house, store, dir, filmOf } = stack.use(await openFilmSet()));
  screen = stack.use(await openLivePage(house.links.screen));
  desk = await openSession(house.links.signIn, {
    path: '/api/session/link',
    key: 'sign-in',
    more: { login: 'dispatcher', password: 'a long enough password' },
  });
  mqtt = stack.use(await openWire(house.ports.mqtt, { keepUp: true }));
  http = stack.use(await openWire(house.ports.brokerHttp, { keepUp: true }));
  const [region = '', otherRegion = ''] = planDemo(2).map((planned) => planned.region);
  village = await equipVillage(store, region);
  otherVillage = await equipVillage(store, otherRegion);
}, 240_000);
afterAll(() => stack.disposeAsync());

interface Start {
  readonly at: Village;
  readonly camera: string;
  readonly challenge?: Challenge;
}

/** A village's agent before a camera, on wires whose bytes are kept: every start is a restart with everything it kept. */
const startAgent = ({ challenge = 'blink', ...at }: Start): Promise<OpenAgent> =>
  startVillage({
    ...at,
    challenge,
    dir,
    house: { ports: { mqtt: mqtt.port, brokerHttp: http.port } },
  });

const startBefore = async (scene: Scene, challenge?: Challenge) =>
  startAgent({
    at: village,
    camera: await filmOf(scene, 'mkv'),
    ...(challenge === undefined ? {} : { challenge }),
  });

async function factsOf(at: Village, type: string): Promise<Fact[]> {
  const { rows } = await store.pool.query<{ source: string }>(
    'select source from terminal_source where terminal_id = $1',
    [at.terminalId],
  );
  const facts = await readSource(store, rows[0]?.source ?? '');
  return facts.map(({ fact }) => fact).filter((fact) => fact.type === type);
}

/** The types of what terminals recorded after a position, but for those of a mere start. */
async function recordedSince(position: number): Promise<string[]> {
  const { rows } = await store.pool.query<{ type: string }>(
    `select type from log where position > $1 and source <> 'centre'`,
    [position],
  );
  const ofStart = ['clock.anchored', 'terminal.started'];
  return rows.map(({ type }) => type).filter((type) => !ofStart.includes(type));
}

/** Of the clips cap12 and cap13: the first on each list. */
const theMan = (at: Village): string => at.people[0]?.personId ?? '';

// One story: each test stands on what the one before left on disk and in the log.
describe('a real face before a headless camera', () => {
  it('is enrolled from one clip, after consent and a code of the console', async () => {
    await using before = await startBefore('enrol');
    const personId = theMan(village);
    using ear = await before.kiosk.listen();
    const code = await vouch(store, village, { personId, purpose: 'enrol-face' });
    const asked = { personId, code, consentVersion };
    expect((await before.kiosk.postWithCode('/api/enrol', asked)).status).toBe(200);
    expect(await ear.nextResult()).toMatchObject({ outcome: 'enrolled', personId });
    await until(
      'the fact',
      async () => (await factsOf(village, 'face.enrolled')).length === 1,
      60_000,
    );
  }, 240_000);

  it('does not check in with the other clip when asked for what the man does not do', async () => {
    const { asOf } = await screen.snapshot();
    await using before = await startBefore('act', 'turn-right');
    using ear = await before.kiosk.listen();
    expect((await before.kiosk.post('/api/check-in/face', {})).status).toBe(200);
    expect(await ear.nextResult()).toEqual({ outcome: 'use-pin', why: 'challenge-failed' });
    expect(await recordedSince(asOf)).toEqual([]);
  }, 240_000);

  it('checks in with the other clip, where he blinks: a sealed fact by face, and a painted cell', async () => {
    await using before = await startBefore('act', 'blink');
    using ear = await before.kiosk.listen();
    const cell = () => screen.cell(village.region)?.checkedIn ?? null;
    await until('the cell', () => cell() !== null, 90_000);
    const facts = await factsOf(village, 'duty.checked-in');
    expect(facts).toHaveLength(1);
    expect(facts[0]?.data).toMatchObject({
      personId: theMan(village),
      method: 'face',
      face: { threshold: 0.5, challenge: 'blink', sampleCamera: true },
    });
    expect(cell()).toMatchObject({ method: 'face', at: facts[0]?.at });
    expect(await ear.nextResult()).toMatchObject({ outcome: 'checked-in', at: facts[0]?.at });
  }, 240_000);

  it('is nobody when it is another man’s: told to use the PIN, and nothing is recorded', async () => {
    const { asOf } = await screen.snapshot();
    await using before = await startBefore('stranger');
    using ear = await before.kiosk.listen();
    expect((await before.kiosk.post('/api/check-in/face', {})).status).toBe(200);
    expect(await ear.nextResult()).toEqual({ outcome: 'use-pin', why: 'not-recognised' });
    await before.kiosk.waitFor('nothing waits', ({ outbox }) => outbox.waiting === 0);
    expect(await recordedSince(asOf)).toEqual([]);
  }, 240_000);
});

describe('a real face before the camera of the kiosk page', () => {
  /** The kiosk's page in a browser that has a film before its camera, and the agent behind it. */
  async function openPage(
    scene: Scene,
    challenge: Challenge = 'turn-left',
  ): Promise<{ page: Page; kiosk: Kiosk } & AsyncDisposable> {
    await using opening = new AsyncDisposableStack();
    const agent = opening.use(await startAgent({ at: otherVillage, camera: '', challenge }));
    const browser = await openBrowser(await filmOf(scene, 'mjpeg'));
    opening.defer(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await page.goto(agent.url);
    const opened = opening.move();
    return { page, kiosk: agent.kiosk, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  }
  const touch = (page: Page, words: string) => page.getByText(words, { exact: true }).click();

  it('is enrolled by hand after reading the consent text', async () => {
    const purpose = 'enrol-face';
    const personId = theMan(otherVillage);
    const code = await vouch(store, otherVillage, { personId, purpose });
    await using opened = await openPage('enrol');
    const { page } = opened;
    await touch(page, '人员录入');
    await touch(page, otherVillage.people[0]?.name ?? '');
    await touch(page, '录入人脸');
    await touch(page, '我已读懂，同意录入');
    await page.keyboard.type(code);
    await page.locator('.result-good').waitFor();
    await until(
      'the fact',
      async () => (await factsOf(otherVillage, 'face.enrolled')).length === 1,
    );
  }, 240_000);

  it('fails the challenge that the clip lacks: nothing is recorded, the PIN is offered', async () => {
    const { asOf } = await screen.snapshot();
    await using opened = await openPage('act', 'turn-right');
    const { page } = opened;
    await touch(page, '值班签到');
    await page.getByText('请向右转头').first().waitFor();
    await page.locator('.result-no').waitFor();
    expect(await recordedSince(asOf)).toEqual([]);
  }, 240_000);

  it('checks in with the other clip after one touch and the turn he was asked for', async () => {
    await using opened = await openPage('act', 'turn-left');
    const { page } = opened;
    await touch(page, '值班签到');
    await page.getByText('请向左转头').first().waitFor();
    await page.locator('.result-good').waitFor();
    expect(await page.locator('.result-name').textContent()).toBe(otherVillage.people[0]?.name);
    const cell = () => screen.cell(otherVillage.region)?.checkedIn ?? null;
    await until('the cell', () => cell() !== null);
    const [fact, ...others] = await factsOf(otherVillage, 'duty.checked-in');
    expect(others).toEqual([]);
    expect(fact?.data).toMatchObject({ personId: theMan(otherVillage), method: 'face' });
    expect(cell()).toMatchObject({ method: 'face', at: fact?.at });
  }, 240_000);

  it('answers a spot check that rings, by one touch and the same turn', async () => {
    await using opened = await openPage('act', 'turn-left');
    const { page } = opened;
    const { region } = otherVillage;
    const checkId = randomUUID();
    const order = { checkId, region, reason: 'routine', note: '', seconds: 300 };
    const key = { 'idempotency-key': randomUUID() };
    expect((await desk.post('/api/spot-checks', order, key)).status).toBe(201);
    await touch(page, '人脸应答');
    await page.locator('.result-good').waitFor();
    await until(
      'the fact',
      async () => (await factsOf(otherVillage, 'spot-check.answered')).length === 1,
    );
    const [fact] = await factsOf(otherVillage, 'spot-check.answered');
    expect(fact?.data).toMatchObject({ checkId, personId: theMan(otherVillage), method: 'face' });
    const { body } = await desk.get(`/api/spot-checks/${checkId}/funnel`);
    expect(body['funnel']).toMatchObject({ rung: 1, answered: 1 });
  }, 240_000);

  it('checks out by the same turn, and the centre shows it beside his check-in', async () => {
    await using opened = await openPage('act', 'turn-left');
    const { page } = opened;
    await touch(page, '签退');
    await page.locator('.result-good').waitFor();
    await until(
      'the fact',
      async () => (await factsOf(otherVillage, 'duty.checked-out')).length === 1,
    );
    const [fact] = await factsOf(otherVillage, 'duty.checked-out');
    expect(fact?.data).toMatchObject({ personId: theMan(otherVillage), method: 'face' });
    const shown = async () => {
      const path = `/api/villages/${otherVillage.region}/check-ins?purpose=duty-watch`;
      // Our own centre, typed by the contract.
      return ((await desk.get(path)).body as unknown as ListPage<CheckInView>).items;
    };
    await until('it is shown', async () => (await shown())[0]?.leftAt === fact?.at);
    expect(await shown()).toMatchObject([{ method: 'face', leftMethod: 'face' }]);
  }, 240_000);

  it('is nobody when it is another man’s: the page offers the PIN', async () => {
    const { asOf } = await screen.snapshot();
    await using opened = await openPage('stranger');
    const { page, kiosk } = opened;
    await touch(page, '值班签到');
    await page.locator('.result-no').waitFor();
    expect(await page.locator('.result').textContent()).toContain('没有认出来');
    await kiosk.waitFor('nothing waits', ({ outbox }) => outbox.waiting === 0);
    expect(await recordedSince(asOf)).toEqual([]);
  }, 240_000);
});

describe('what left the terminals', () => {
  let templates: Buffer[] = [];

  it('is a receipt when the man withdraws with his PIN, and his disk holds nothing of his face', async () => {
    templates = [village, otherVillage].flatMap(({ terminalId }) =>
      readTemplates(join(dir, terminalId)),
    );
    await using before = await startAgent({ at: village, camera: '' });
    const personId = theMan(village);
    const pin = '135790';
    const code = await vouch(store, village, { personId, purpose: 'set-pin' });
    await before.kiosk.postWithCode('/api/pin', { personId, code, pin });
    const answer = await before.kiosk.post('/api/withdraw', { personId, pin });
    expect(answer.body).toEqual({ outcome: 'withdrawn', personId });
    const receipts = () => factsOf(village, 'face.erased');
    await until('the receipt', async () => (await receipts()).length === 1, 60_000);
    expect(readTemplates(join(dir, village.terminalId))).toEqual([]);
    const files = readFiles(join(dir, village.terminalId));
    expect(files.length).toBeGreaterThan(5);
    expect(files.map(({ path, content }) => findSecret(path, content, templates))).toEqual(
      files.map(() => null),
    );
  }, 240_000);

  it('holds no template and no picture: wire, database and logs', async () => {
    expect(templates.map((template) => template.length)).toEqual([512 * 4, 512 * 4]);
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
    expect(mqtt.up().includes('face.erased')).toBe(true);
    expect(places[2]?.content.includes('face.enrolled')).toBe(true);
    expect(places.map(({ path, content }) => findSecret(path, content, templates))).toEqual(
      places.map(() => null),
    );
    // Of eleven starts of a terminal; not room for one grey picture of a face more (112 × 112).
    expect(mqtt.up().length + http.up().length).toBeLessThan(36_000);
    await requireCustody(store);
  }, 60_000);
});
