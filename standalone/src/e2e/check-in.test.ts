import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KioskState } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import { demoPin } from '#demo/set-demo-pins.ts';
import { until } from './edge-fixture.ts';
import { openBrowser, paintedSince, paintedTo, rememberHive } from './testing/browser.ts';
import { openReader, readSource, requireCustody, type StoredFact } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';
import { openLivePage, type LivePage } from './testing/live-page.ts';
import { print } from './testing/trials.ts';

const patienceMs = 60_000;
vi.setConfig({ testTimeout: 240_000 });
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let kiosk: Kiosk;
let screen: LivePage;
let start: KioskState;
let page: Page;

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: 1 }));
  store = stack.use(await openReader(house.databaseUrl));
  kiosk = await openKiosk(house.links.kiosk);
  screen = stack.use(await openLivePage(house.links.screen));
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(house.links.screen);
  start = await kiosk.waitFor('people with PINs', ({ people }) =>
    people.every((each) => each.hasPin),
  );
}, 240_000);
afterAll(() => stack.disposeAsync());

const person = (index: number): string => {
  const found = start.people[index];
  if (found === undefined) throw new Error(`There is no person ${index}.`);
  return found.personId;
};

/** The hive shows this log position, or a later one. */
const isPainted = (position: number) => async (): Promise<boolean> =>
  (await paintedTo(page)) >= position;

async function checkInsOf(personId: string): Promise<StoredFact[]> {
  const { rows } = await store.pool.query<{ source: string }>(
    'select source from terminal_source where terminal_id = $1',
    [start.terminalId],
  );
  const facts = await readSource(store, rows[0]?.source ?? '');
  return facts.filter(
    ({ fact }) => fact.type === 'duty.checked-in' && fact.data['personId'] === personId,
  );
}

// One story: each test stands on what the one before left.
describe('a check-in by PIN at the kiosk', () => {
  it('becomes a sealed fact in the database and a painted cell on the screen', async () => {
    const region = start.region ?? '';
    expect(screen.cell(region)?.checkedIn).toBeNull();
    const isOnline = () => screen.cell(region)?.status === 'online';
    await until('the village is online', isOnline, patienceMs);
    await until('the hive shows that', isPainted((await screen.snapshot()).asOf), patienceMs);
    await rememberHive(page);
    const askedAtMs = Date.now();
    const answer = await kiosk.checkInByPin(person(0), demoPin);
    expect(answer).toMatchObject({
      status: 200,
      body: { outcome: 'checked-in', personId: person(0), method: 'pin', waiting: false },
    });
    const shown = () => screen.cell(region)?.checkedIn ?? null;
    await until('the frame', () => shown() !== null);
    print(`pressed → frame at a page: ${Date.now() - askedAtMs} ms`);
    expect(shown()).toMatchObject({ at: answer.body['at'], method: 'pin' });
    const { to } = screen.frames.findLast(({ cells }) =>
      cells.some((cell) => cell.region === region),
    ) ?? { to: 0 };
    await until('it is painted', isPainted(to), patienceMs);
    print(`pressed → painted in Chromium: ${Date.now() - askedAtMs} ms`);
    // One cell of 1,693 changed, and nothing else of the picture.
    const painted = await paintedSince(page);
    expect(painted.pixels).toBeGreaterThan(20);
    expect(Math.max(painted.width, painted.height)).toBeLessThan(60);
    const [stored, ...others] = await checkInsOf(person(0));
    expect(others).toEqual([]);
    expect(stored?.fact).toMatchObject({
      region,
      at: answer.body['at'],
      actor: `person:${person(0)}`,
    });
    // Live words carry no person.
    expect(JSON.stringify([screen.frames, screen.pulses])).not.toContain(person(0));
  });

  it('is not made twice: the same person is told when it was', async () => {
    const [first] = await checkInsOf(person(0));
    const again = await kiosk.checkInByPin(person(0), demoPin);
    expect(again.body).toMatchObject({ outcome: 'already-checked-in', at: first?.fact.at });
    expect(await checkInsOf(person(0))).toHaveLength(1);
  });

  it('with the broker stopped waits in sight, since when, and is delivered once when it is back', async () => {
    const broker = house.fleet.child('broker');
    await broker.stop();
    const down = await kiosk.waitFor('link down', ({ link }) => link.state === 'down');
    const answers = [
      await kiosk.checkInByPin(person(1), demoPin),
      await kiosk.checkInByPin(person(2), demoPin),
    ];
    for (const { status, body } of answers) {
      expect([status, body['outcome'], body['waiting']]).toEqual([200, 'checked-in', true]);
    }
    const waiting = await kiosk.waitFor('two wait', ({ outbox }) => outbox.waiting === 2);
    expect(waiting.link).toEqual(down.link);
    expect(waiting.outbox.oldestAt).toBe(answers[0]?.body['at']);
    expect(waiting.onDuty.map(({ personId }) => personId)).toContain(person(2));
    expect(await checkInsOf(person(1))).toEqual([]);

    await broker.start();
    await kiosk.waitFor(
      'all delivered',
      ({ link, outbox }) => link.state === 'up' && outbox.waiting === 0,
    );
    for (const index of [1, 2]) {
      const stored = await checkInsOf(person(index));
      expect(stored.map(({ fact }) => fact.at)).toEqual([answers[index - 1]?.body['at']]);
    }
    await requireCustody(store);
  });
});
