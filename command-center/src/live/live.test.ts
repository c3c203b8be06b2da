import { randomUUID } from 'node:crypto';
import { shiftAt } from '@sightline/contracts';
import {
  addPeople,
  createTerminal,
  revokeViewerToken,
  saveLinkStates,
  seedDivisions,
} from '@sightline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyFrame, modelOf } from '#domain/live-model.ts';
import {
  brokerListens,
  checkedIn,
  enrolled,
  record,
  screenCookie,
  startTestCentre,
  type TestCentre,
} from '#testing/start-test-centre.ts';
import { fetchSnapshot, openPage } from '#testing/open-page.ts';

const here = '540202001001';
const there = '540235100001';
const shift = shiftAt(Temporal.Now.instant()).key;

let parts: TestCentre;
let cookie: string;
let url: string;
beforeAll(async () => {
  parts = await startTestCentre();
  url = parts.centre.url;
  cookie = await screenCookie(parts, '5402');
});
afterAll(async () => parts[Symbol.asyncDispose]());

describe('a page that watches', () => {
  test('gets the cell of a village where somebody checked in, without anything of the person', async () => {
    using page = await openPage(url, { cookie });
    await page.watch('5402');
    const before = await fetchSnapshot(url, cookie);
    const personId = randomUUID();
    const name = '次仁卓嘎';
    await seedDivisions(parts.store.pool);
    const added = { now: Temporal.Now.instant(), actor: 'system:test' };
    await addPeople(parts.store, [{ personId, region: here, name, post: '村支书' }], added);
    await record(parts.store, [enrolled(here), checkedIn(here, shift, personId)]);
    const frame = await page.frame(({ cells }) => cells.some(({ region }) => region === here));
    expect(frame.cells[0]).toMatchObject({ region: here, checkedIn: { shift, method: 'pin' } });
    expect(frame.feed.at(-1)).toMatchObject({ type: 'duty.checked-in', region: here });
    expect(applyFrame(modelOf(before), frame).kind).toBe('moved');
    const told = JSON.stringify([page.frames, page.pulses, await fetchSnapshot(url, cookie)]);
    for (const secret of [personId, name, '村支书']) expect(told).not.toContain(secret);
  });

  test('holds a picture equal to a fresh snapshot after a burst of facts', async () => {
    using page = await openPage(url, { cookie });
    await page.watch('5402');
    let model = modelOf(await fetchSnapshot(url, cookie));
    const villages = Array.from({ length: 40 }, (_, index) => `540221001${index + 100}`);
    for (const village of villages) {
      await record(parts.store, [enrolled(village), checkedIn(village, shift, randomUUID())]);
    }
    const last = await record(parts.store, [checkedIn(here, shift, randomUUID())]);
    await page.frame(({ to }) => to >= last);
    for (const frame of page.frames) {
      const step = applyFrame(model, frame);
      expect(step.kind).not.toBe('gap');
      if (step.kind === 'moved') model = step.model;
    }
    const fresh = modelOf(await fetchSnapshot(url, cookie));
    expect(Object.fromEntries(model.cells)).toEqual(Object.fromEntries(fresh.cells));
    expect(page.frames.length).toBeLessThan(villages.length + 5);
  });

  test('a quiet room stays close to the log without cells of others', async () => {
    using page = await openPage(url, { cookie });
    await page.watch('540235');
    const last = await record(parts.store, [checkedIn(here, shift, randomUUID())]);
    await page.frame(({ to }) => to >= last);
    expect(page.frames.flatMap(({ cells, feed }) => [...cells, ...feed])).toEqual([]);
  });

  test('hears a pulse at once and again and again, naming each part with its since', async () => {
    using page = await openPage(url, { cookie });
    await page.watch('5402');
    const first = await page.pulse(({ health }) => health.length === 3);
    expect(first.health.map(({ name, state }) => [name, state])).toEqual([
      ['database', 'up'],
      ['broker', 'unknown'],
      ['projector', 'up'],
    ]);
    const later = await page.pulse(({ at }) => at > first.at);
    expect(Date.parse(later.at) - Date.parse(first.at)).toBeLessThan(3000);
  });
});

describe('who may look', () => {
  test('a screen of one county sees that county and is refused the rest', async () => {
    const own = await screenCookie(parts, '540202');
    using page = await openPage(url, { cookie: own });
    expect(await page.watch('540202')).toEqual({ ok: true, region: '540202' });
    expect(await page.watch('540202001')).toEqual({ ok: true, region: '540202001' });
    for (const region of ['5402', '540235', '5403', 'x', '', '%']) {
      expect(await page.watch(region)).toMatchObject({ ok: false });
    }
    await page.watch('540202');
    const last = await record(parts.store, [
      enrolled(there),
      checkedIn(there, shift, randomUUID()),
      checkedIn(here, shift, randomUUID()),
    ]);
    await page.frame(({ to }) => to >= last);
    expect(JSON.stringify(page.frames)).not.toContain('540235');
    const snapshot = await fetchSnapshot(url, own);
    expect(snapshot.region).toBe('540202');
    expect(snapshot.cells.every(({ region }) => region.startsWith('540202'))).toBe(true);
    await expect(fetchSnapshot(url, own, '540235')).rejects.toThrow('403');
  });

  test('nobody without a cookie, from another origin or with a revoked token comes in', async () => {
    await expect(openPage(url, {})).rejects.toThrow('not-signed-in');
    await expect(openPage(url, { cookie, origin: 'http://evil.example' })).rejects.toThrow();
    await expect(fetchSnapshot(url, '')).rejects.toThrow('401');
    const lost = await screenCookie(parts, '540228');
    const { rows } = await parts.store.pool.query<{ token_id: string }>(
      `select token_id from viewer_token where region = '540228'`,
    );
    await revokeViewerToken(parts.store.pool, {
      tokenId: rows[0]?.token_id ?? '',
      scope: '5402',
      now: Temporal.Now.instant(),
    });
    await expect(openPage(url, { cookie: lost })).rejects.toThrow('not-signed-in');
  });

  test('a message larger than a region code ends the connection', async () => {
    using page = await openPage(url, { cookie });
    const gone = new Promise<string>((resolve) => page.socket.once('disconnect', resolve));
    page.socket.emit('watch', 'x'.repeat(100_000), () => undefined);
    await expect(gone).resolves.toContain('transport');
  });
});

describe('presence', () => {
  test('a terminal the broker hears becomes online, and unknown when the broker is not heard any more', async () => {
    const village = '540226001001';
    const terminalId = `t-${village}`;
    await createTerminal(parts.store, { terminalId, region: village, simulated: true });
    await record(parts.store, [enrolled(village)]);
    using page = await openPage(url, { cookie });
    await page.watch('540226');
    await brokerListens(parts.store);
    const now = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
    await saveLinkStates(parts.store.pool, [
      {
        terminalId,
        region: village,
        connected: true,
        linkSince: now,
        beatAt: now,
        waiting: 0,
        oldestWaitingAt: null,
        deadLetters: 0,
        desiredVersion: 1,
        camera: null,
        version: null,
        device: null,
      },
    ]);
    const online = await page.frame(({ cells }) => cells.some(({ status }) => status === 'online'));
    expect(online.cells[0]).toMatchObject({ region: village, since: now });
    // The broker fell and rose between two looks: nobody listened in between.
    await brokerListens(parts.store, Temporal.Now.instant());
    const unknown = await page.frame(
      ({ to, cells }) => to > online.to && cells.some(({ status }) => status === 'unknown'),
    );
    expect(unknown.cells[0]?.since).not.toBeNull();
    const { rows } = await parts.store.pool.query<{ type: string }>(
      `select type from log where source = 'centre' and region = '5402'`,
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'broker.listening-changed',
      'broker.listening-changed',
      'broker.listening-changed',
    ]);
  });
});
