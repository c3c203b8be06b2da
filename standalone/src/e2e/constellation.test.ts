import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureWeights } from '@sightline/models/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDemo } from '#demo/plan-demo.ts';
import { demoPin } from '#demo/set-demo-pins.ts';
import { portsFrom, requireFreePorts } from '#set-up/ports.ts';
import { openAdministrator } from './testing/administrator.ts';
import { freePortBase, openPlace, rootDir } from './testing/fixture.ts';
import { openKiosk } from './testing/kiosk.ts';
import { openLivePage } from './testing/live-page.ts';
import { npmStart, type NpmStart } from './testing/npm-start.ts';
import { ensurePages } from './testing/pages.ts';
import { runToEnd } from './testing/run-to-end.ts';
import { print } from './testing/trials.ts';
import { openSession, type WebClient } from './testing/web-client.ts';

const stack = new AsyncDisposableStack();
let dir = '';
let base = 0;
let dataDir = '';

beforeAll(async () => {
  await ensureWeights();
  await ensurePages(rootDir);
  dir = stack.use(await openPlace()).dir;
  base = await freePortBase();
  dataDir = join(dir, 'data');
}, 400_000);
afterAll(() => stack.disposeAsync());

const start = (): NpmStart =>
  stack.use(npmStart(dataDir, ['--villages', '6', '--port-base', String(base)]));

async function statusOf(url: string): Promise<number> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  await reply.body?.cancel();
  return reply.status;
}

// One story: each test stands on what the one before left running or on disk.
describe('npm start', () => {
  let running: NpmStart;
  let checkedInAt: unknown;

  it('prints one line of JSON when everything answers', async () => {
    running = start();
    const begunAtMs = performance.now();
    const { ready, ...links } = await running.ready();
    print(`npm start, first time: ${((performance.now() - begunAtMs) / 1000).toFixed(1)} s`);
    expect(ready).toBe(true);
    expect(Object.keys(links).toSorted()).toEqual([
      'console',
      'kiosk',
      'screen',
      'signIn',
      'signInAudit',
      'signInSecurity',
      'signInSystem',
    ]);
    const pages = await Promise.all(Object.values(links).map((link) => statusOf(link)));
    expect(new Set(pages)).toEqual(new Set([200]));
    const health = [base, base + 5].map((port) => statusOf(`http://127.0.0.1:${port}/healthz`));
    expect(await Promise.all(health)).toEqual([200, 200]);
    using page = await openLivePage(links.screen);
    const { cells, demo } = await page.snapshot();
    expect([cells.filter((cell) => cell.status !== 'not-equipped').length, demo]).toEqual([
      6,
      true,
    ]);
    const kiosk = await openKiosk(links.kiosk);
    const { people } = await kiosk.state();
    const answer = await kiosk.checkInByPin(people[0]?.personId ?? '', demoPin);
    expect(answer.body['outcome']).toBe('checked-in');
    checkedInAt = answer.body['at'];
    await kiosk.waitFor('it is delivered', ({ outbox }) => outbox.waiting === 0);
    expect(running.said()).toHaveLength(1);
  }, 300_000);

  it('refuses a data folder and ports that are in use, and leaves what runs alone', async () => {
    const second = runToEnd(['--villages', '6', '--data', dataDir, '--port-base', String(base)]);
    expect(second.code).toBe(1);
    expect(second.words).toMatch(
      new RegExp(
        `^${dataDir} is in use by the Sightline with process id \\d+\\. Stop that one, or give another folder with --data DIR\\.$`,
      ),
    );
    const other = join(dir, 'other');
    const third = runToEnd(['--villages', '6', '--data', other, '--port-base', String(base)]);
    expect(third).toEqual({
      code: 1,
      words:
        `In use by another program: port ${base} (centre), ${base + 1} (mqtt), ${base + 3} (kiosk), ${base + 5} (brokerHttp), ${base + 10} (media). ` +
        'Stop it (`ss -ltnp` names it), or choose other ports with --port-base N.',
    });
    expect(existsSync(join(other, 'running.pid'))).toBe(false);
    expect(await statusOf(`http://127.0.0.1:${base}/healthz`)).toBe(200);
  }, 120_000);

  it('ends at Ctrl-C without leaving a process or a port', async () => {
    expect(running.processes().length).toBeGreaterThan(6);
    const askedAtMs = performance.now();
    await running.interrupt();
    await running.gone();
    print(`Ctrl-C → nothing left: ${((performance.now() - askedAtMs) / 1000).toFixed(1)} s`);
    await requireFreePorts({ ...portsFrom(base) });
  }, 120_000);

  it('starts again within seconds and knows people, PINs and check-ins', async () => {
    running = start();
    const begunAtMs = performance.now();
    const links = await running.ready();
    print(`npm start, again: ${((performance.now() - begunAtMs) / 1000).toFixed(1)} s`);
    const kiosk = await openKiosk(links.kiosk);
    const { people, onDuty } = await kiosk.state();
    expect(onDuty).toEqual([{ personId: people[0]?.personId, at: checkedInAt }]);
    expect(people.every(({ hasPin }) => hasPin)).toBe(true);
    const again = await kiosk.checkInByPin(people[0]?.personId ?? '', demoPin);
    expect(again.body).toMatchObject({ outcome: 'already-checked-in', at: checkedInAt });
    const next = await kiosk.checkInByPin(people[1]?.personId ?? '', demoPin);
    expect(next.body['outcome']).toBe('checked-in');
    using page = await openLivePage(links.screen);
    const region = planDemo(6)[0]?.region ?? '';
    await kiosk.waitFor('it is delivered', ({ outbox }) => outbox.waiting === 0);
    expect(
      (await page.snapshot()).cells.find((cell) => cell.region === region)?.checkedIn,
    ).not.toBeNull();
  }, 300_000);

  it('leaves no process when its own is killed with kill -9, and takes the folder over next time', async () => {
    running.killSupervisor();
    await running.gone();
    await requireFreePorts({ ...portsFrom(base) });
    running = start();
    const kiosk = await openKiosk((await running.ready()).kiosk);
    expect((await kiosk.state()).onDuty).toHaveLength(2);
    await running.interrupt();
    await running.gone();
  }, 300_000);
});

describe('npm start -- --empty', () => {
  it('is a real first start: nobody there, and a kiosk that asks for the console’s code', async () => {
    await using running = npmStart(join(dir, 'empty'), ['--empty', '--port-base', String(base)]);
    const links = await running.ready();
    const kiosk = await openKiosk(links.kiosk);
    expect(await kiosk.state()).toMatchObject({
      enrolment: 'not-enrolled',
      people: [],
      demo: false,
    });
    using page = await openLivePage(links.screen);
    const { cells } = await page.snapshot();
    expect(cells.filter((cell) => cell.status !== 'not-equipped')).toEqual([]);

    const credentials = { login: 'keeper', password: 'a long enough password' };
    const path = '/api/session/link';
    const console_ = await openSession(links.signIn, { path, key: 'sign-in', more: credentials });
    const administrator = await openAdministrator(links.signInSystem, 'keeper-of-machines');
    const change = async (who: WebClient, route: string, body: object) => {
      const answer = await who.post(route, body, { 'idempotency-key': randomUUID() });
      expect([route, Math.floor(answer.status / 100)]).toEqual([route, 2]);
      return answer.body;
    };
    const region = planDemo(1)[0]?.region ?? '';
    await change(console_, `/api/villages/${region}/people`, { name: '扎西', post: '值班' });
    const { terminalId } = await change(administrator, '/api/terminals', { region });
    const codePath = `/api/terminals/${String(terminalId)}/enrolment-code`;
    const { code } = await change(administrator, codePath, {});
    expect((await kiosk.post('/api/terminal/enrol', { code })).status).toBe(200);
    const state = await kiosk.waitFor('its people', ({ people }) => people.length === 1);
    expect(state).toMatchObject({ enrolment: 'enrolled', region, terminalId });
    // The link works once.
    await expect(
      openSession(links.signIn, { path, key: 'sign-in', more: credentials }),
    ).rejects.toThrow();
  }, 300_000);
});

describe('a mistake at the start', () => {
  let stranger: Server;
  let strangerBase = 0;
  beforeAll(async () => {
    strangerBase = await freePortBase();
    stranger = createServer().listen(strangerBase + 3, '127.0.0.1');
    await once(stranger, 'listening');
  });
  afterAll(() => void stranger.close());

  it.each([
    [['--port-base', '80'], '--port-base 80: a whole number from 1024 to 65000 is expected.'],
    [['--villages', '0'], '--villages 0: a whole number from 1 to 1693, or "all", is expected.'],
    [['--vilages', '6'], "Unknown option '--vilages'"],
    [['--data', '/dev/null/data'], 'The data folder /dev/null/data cannot be made'],
    [
      [],
      'In use by another program: port {kiosk} (kiosk). Stop it (`ss -ltnp` names it), or choose other ports with --port-base N.',
    ],
  ])('%j is answered with what to do, and nothing is started', (args, expected) => {
    const given = ['--data', join(dir, 'mistake'), '--port-base', String(strangerBase), ...args];
    const { code, words } = runToEnd(given);
    expect(code).toBe(1);
    expect(words).toContain(expected.replace('{kiosk}', String(strangerBase + 3)));
    expect(words).not.toMatch(/\n\s+at /); // A sentence, not a stack.
    expect(existsSync(join(dir, 'mistake', 'running.pid'))).toBe(false);
  });
});
