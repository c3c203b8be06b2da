import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ensureWeights } from '@sightline/models/testing';
import { issueViewerToken, listTerminals, type Store } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDemo } from '#demo/plan-demo.ts';
import { until } from './edge-fixture.ts';
import { openStandIn, type StandIn } from './testing/compose-database.ts';
import { careAsTold, commandsAsTold, makeSecretsAsTold } from './testing/compose-docs.ts';
import { readComposeFile } from './testing/compose-file.ts';
import { ComposeProcess } from './testing/compose-process.ts';
import { runOnce } from './testing/compose-run.ts';
import {
  hereOf,
  makeVolumes,
  serverName,
  translate,
  type Place,
} from './testing/compose-translation.ts';
import { openReader, readSource, requireCustody } from './testing/custody.ts';
import { freePortBase, openPlace, rootDir } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';
import { openLivePage, type LivePage } from './testing/live-page.ts';
import { ensurePages } from './testing/pages.ts';
import { print } from './testing/trials.ts';
import { equipVillage, vouch, type Village } from './testing/village.ts';
import { openSession } from './testing/web-client.ts';

const file = readComposeFile({
  SIGHTLINE_SERVER_NAME: serverName,
  SIGHTLINE_SERVER_ADDRESS: '127.0.0.1',
});

/** Those that stay, beside the database. */
const programs = ['broker', 'centre', 'media', 'agent'] as const;

// One story: each test stands on what the one before left running.
describe('the services of docker-compose.yml, each as a process of this machine', () => {
  const stack = new AsyncDisposableStack();
  const authorities = getCACertificates('default');
  const running = new Map<string, ComposeProcess>();
  let place: Place;
  let database: StandIn;
  let store: Store;
  let village: Village;
  let kiosk: Kiosk;
  let screen: LivePage;

  const service = (name: string): ComposeProcess => {
    const found = running.get(name);
    if (found === undefined) throw new Error(`${name} does not run.`);
    return found;
  };
  const start = async (name: string): Promise<ComposeProcess> => {
    const process = stack.use(await ComposeProcess.open(translate(file, name, place), place));
    running.set(name, process);
    return process;
  };
  /** What the page has run inside a service's container. */
  const runAsTold = (name: string) => {
    const told = commandsAsTold().get(name);
    if (told === undefined) throw new Error(`The page tells nothing to run in ${name}.`);
    return runOnce({ ...translate(file, name, place), args: told });
  };
  /** What the page has run by the service care. */
  const careFor = (name: string, at: Place = place) => {
    const told = careAsTold().get(name);
    if (told === undefined) throw new Error(`The page tells nothing of ${name}.`);
    return runOnce({ ...translate(file, 'care', at), args: told.map(hereOf(file, at)) });
  };
  const everybodyIsHealthy = async () => {
    for (const name of programs) await service(name).becomesHealthy();
  };
  const checkIn = async (index: number) => {
    const { body } = await kiosk.checkInByPin(village.people[index]?.personId ?? '', '246810');
    expect(body['outcome']).toBe('checked-in');
  };
  /** The check-ins in the log, by the villager's number. */
  const storedCheckIns = async () => {
    const [terminal] = await listTerminals(store.pool, village.region, { limit: 1 });
    const facts = await readSource(store, terminal?.source ?? '');
    return facts
      .filter(({ fact }) => fact.type === 'duty.checked-in')
      .map(({ fact }) => village.people.findIndex((one) => one.personId === fact.data['personId']));
  };

  /** What the centre says of the village, asked anew. */
  const cellOfVillage = async () =>
    (await screen.snapshot()).cells.find(({ region }) => region === village.region);

  beforeAll(async () => {
    await ensureWeights();
    await ensurePages(rootDir);
    const { dir } = stack.use(await openPlace());
    const portBase = await freePortBase();
    makeSecretsAsTold(dir, serverName);
    await makeVolumes(dir);
    database = stack.use(await openStandIn(dir, portBase + 4));
    // Nothing here listens for others.
    place = { dir, portBase, databaseUrl: database.databaseUrl, host: '127.0.0.1' };
    const authority = readFileSync(join(dir, 'data/secrets/authority.pem'), 'utf8');
    setDefaultCACertificates([...authorities, authority]);
  }, 400_000);
  afterAll(async () => {
    await stack.disposeAsync();
    setDefaultCACertificates(authorities);
  });

  it.each(['broker', 'centre', 'media'])(
    '%s does not start for others without its TLS',
    async (name) => {
      const { environment, ...rest } = translate(file, name, place);
      const bare = Object.entries(environment).filter(([key]) => !/_TLS_/.test(key));
      const exposed = bare.map(([key, value]) => [key, key.endsWith('_HOST') ? '0.0.0.0' : value]);
      const { code, words } = await runOnce({ ...rest, environment: Object.fromEntries(exposed) });
      expect(code).not.toBe(0);
      expect(words).toMatch(/0\.0\.0\.0.*TLS/);
    },
  );

  it('the migrations end well, then broker, centre and media become healthy, and a terminal starts', async () => {
    const begunAtMs = performance.now();
    expect(await (await start('migrate')).ended()).toBe(0);
    store = stack.use(await openReader(place.databaseUrl));
    for (const name of ['broker', 'centre', 'media']) await start(name);
    for (const name of ['broker', 'centre', 'media']) await service(name).becomesHealthy();
    print(
      `compose: migrations to healthy: ${((performance.now() - begunAtMs) / 1000).toFixed(1)} s`,
    );
    await start('agent');
    // It has no code yet, and so no link: it stands all the same.
    await service('agent').becomesHealthy();
  }, 400_000);

  it('the first administrator comes in by the link that the centre’s own command prints', async () => {
    const { code, words } = await runAsTold('centre');
    expect(code).toBe(0);
    const [link = ''] = words.split('\n');
    expect(link).toMatch(new RegExp(`^https://localhost:${place.portBase}/console/#sign-in=`));
    const more = { login: 'first-keeper', password: 'a long enough password' };
    const session = await openSession(link, { path: '/api/session/link', key: 'sign-in', more });
    expect((await session.get('/api/me')).status).toBe(200);
  }, 120_000);

  it('a terminal is enrolled by its code, and a check-in is acknowledged, stored and seen', async () => {
    const [region = ''] = planDemo(1).map((planned) => planned.region);
    village = await equipVillage(store, region);
    const { code, words } = await runAsTold('agent');
    expect(code).toBe(0);
    kiosk = await openKiosk(words.trim());
    const enrolled = await kiosk.post('/api/terminal/enrol', { code: village.enrolCode });
    expect(enrolled.status).toBe(200);
    await kiosk.waitFor('its people', ({ people }) => people.length === village.people.length);
    for (const { personId } of village.people) {
      const vouched = await vouch(store, village, { personId, purpose: 'set-pin' });
      const body = { personId, code: vouched, pin: '246810' };
      expect((await kiosk.postWithCode('/api/pin', body)).status).toBe(200);
    }
    await everybodyIsHealthy();
    const { token } = await issueViewerToken(store.pool, {
      region: '5402',
      label: 'compose',
      now: Temporal.Now.instant(),
    });
    const origin = `https://localhost:${place.portBase}`;
    screen = stack.use(await openLivePage(`${origin}/screen/#token=${token}`));
    await checkIn(0);
    await kiosk.waitFor('it is delivered', ({ outbox }) => outbox.waiting === 0);
    expect(await storedCheckIns()).toEqual([0]);
    const seen = () => (screen.cell(region)?.checkedIn ?? null) !== null;
    await until('the screen shows it', seen, 60_000);
    expect(await cellOfVillage()).toMatchObject({ status: 'online', checkedIn: expect.anything() });
  }, 300_000);

  it('a backup is taken while everything runs, without the register’s key, and restored elsewhere', async () => {
    expect(await careFor('backup')).toMatchObject({ code: 0 });
    const told = careAsTold().get('backup')?.[2] ?? '';
    const written = hereOf(file, place)(told);
    expect((await stat(written)).mode & 0o777).toBe(0o600);
    // Encrypted: neither the key nor a word of what is in it stands there.
    const bytes = await readFile(written);
    expect(bytes.includes(readFileSync(join(place.dir, 'data/secrets/register-key')))).toBe(false);
    expect(bytes.includes('manifest')).toBe(false);
    const verified = await careFor('audit');
    expect([verified.code, verified.words]).toEqual([0, expect.stringContaining('The log holds')]);
    expect(await careFor('copy')).toMatchObject({ code: 0 });
    const refused = await careFor('restore');
    expect([refused.code, refused.words]).toEqual([1, expect.stringContaining('is not empty')]);
    await using other = await openTestStore({ empty: true });
    const restored = await careFor('restore', { ...place, databaseUrl: other.databaseUrl });
    expect([restored.code, restored.words]).toEqual([
      0,
      expect.stringMatching(/every chain holds[^]*holds no key files/),
    ]);
  }, 300_000);

  it.each(programs)(
    '%s killed with -9 is started again, and the others live on',
    async (name) => {
      const others = programs.filter((other) => other !== name);
      const before = others.map((other) => service(other).pid);
      const old = service(name).pid;
      await service(name).killHard();
      // While the broker or the centre is away the kiosk still says "done".
      if (name === 'broker') await checkIn(1);
      await everybodyIsHealthy();
      expect(service(name).pid).not.toBe(old);
      expect(others.map((other) => service(other).pid)).toEqual(before);
      await kiosk.waitFor('everything is delivered', ({ outbox }) => outbox.waiting === 0);
      expect(await storedCheckIns()).toEqual([0, 1]);
      expect(await cellOfVillage()).toMatchObject({ checkedIn: expect.anything() });
    },
    300_000,
  );

  it('the database killed with -9 comes back with everything, and nobody else had to be started', async (test) => {
    if (database.killHard === null)
      return test.skip('The server of TEST_DATABASE_URL is not ours.');
    const before = programs.map((name) => service(name).pid);
    await database.killHard();
    await checkIn(2);
    await everybodyIsHealthy();
    await kiosk.waitFor('everything is delivered', ({ outbox }) => outbox.waiting === 0);
    expect(programs.map((name) => service(name).pid)).toEqual(before);
    expect(await storedCheckIns()).toEqual([0, 1, 2]);
    await requireCustody(store);
  }, 300_000);
});
