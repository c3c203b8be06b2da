import { randomUUID } from 'node:crypto';
import { shiftAt, type LivePulse } from '@sightline/contracts';
import { openStore } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { instantText } from './instant-text.ts';
import { applyFrame, modelOf } from '#domain/live-model.ts';
import {
  checkedIn,
  enrolled,
  record,
  screenCookie,
  startCentreOn,
} from '#testing/start-test-centre.ts';
import { fetchSnapshot, openPage } from '#testing/open-page.ts';
import { openWire } from '#testing/open-wire.ts';

const village = '540202001001';
const shift = shiftAt(Temporal.Now.instant()).key;

test.each(['cut', 'freeze'] as const)(
  'a database that is gone (%s) is said within 2 s with its since, and nothing is missed when it returns',
  async (fault) => {
    await using behind = await openTestStore();
    await using wire = await openWire(behind.databaseUrl);
    await using store = await openStore({
      databaseUrl: wire.databaseUrl,
      applicationName: 'sightline-test-wire',
    });
    await using centre = await startCentreOn({ ...store, databaseUrl: wire.databaseUrl });
    const cookie = await screenCookie({ store: behind }, '5402');
    using page = await openPage(centre.url, { cookie });
    await page.watch('5402');
    await record(behind, [enrolled(village)]);
    const known = await page.frame(({ cells }) => cells.length > 0);
    let model = modelOf(await fetchSnapshot(centre.url, cookie));
    const sinceOf = ({ health }: LivePulse) =>
      health.find(({ name, state }) => name === 'database' && state === 'down')?.since;
    const isDown = (pulse: LivePulse) => sinceOf(pulse) !== undefined;

    const goneAt = instantText(Temporal.Now.instant());
    wire[fault]();
    const down = await page.pulse((pulse) => (sinceOf(pulse) ?? '') >= goneAt);
    expect(Date.parse(down.at) - Date.parse(goneAt)).toBeLessThan(2000);
    expect(down.attention.map(({ kind, detail }) => [kind, detail])).toContainEqual([
      'part-down',
      'database',
    ]);

    const last = await record(behind, [checkedIn(village, shift, randomUUID())]);
    wire.mend();
    await page.pulse((pulse) => pulse.at > down.at && !isDown(pulse));
    const frame = await page.frame(({ to }) => to >= last && to > known.to);
    expect(frame.from).toBeLessThanOrEqual(model.asOf);
    for (const each of page.frames) {
      const step = applyFrame(model, each);
      if (step.kind === 'moved') model = step.model;
    }
    expect(model.cells.get(village)?.checkedIn?.shift).toBe(shift);
  },
);
