import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleFilm } from '@sightline/models';
import { ensureWeights } from '@sightline/models/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCamera } from '#camera/open-camera.ts';
import { consentVersion } from '#domain/consent.ts';
import { openEyes, type Eyes } from '#face/eyes.ts';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann] = tablePeople;
let eyes: Eyes;
let dir: string;
let film: string;

beforeAll(async () => {
  eyes = await openEyes({ weightsDir: await ensureWeights(), log: { warn: () => undefined } });
  dir = await mkdtemp(join(tmpdir(), 'sightline-sample-'));
  film = await makeSampleFilm(join(dir, 'film.mkv'));
}, 120_000);
afterAll(async () => {
  await eyes[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

test('a newcomer without a camera enrols the man of the sample film, and he passes every challenge', async () => {
  const { personId } = ann;
  const grants = [tableGrant('enrol-face', personId)];
  const terminal = new TableTerminal(tableTime, tableDesired({ grants }));
  const kept = await mkdtemp(join(dir, 'terminal-'));
  for (const challenge of ['turn-right', 'turn-left', 'blink'] as const) {
    const camera = openCamera(`sample:${film}`);
    await using table = await openTableKiosk({ dir: kept, terminal, camera, eyes, challenge });
    await using page = await table.client.connect();
    expect((await table.client.state()).camera.isSample).toBe(true);
    if (challenge === 'turn-right') {
      await table.client.post('/api/enrol', { personId, code: '12345678', consentVersion });
      expect(await page.nextResult()).toMatchObject({ outcome: 'enrolled' });
    }
    await table.client.post('/api/check-in/face', {});
    expect(await page.nextResult()).toMatchObject({ personId, method: 'face' });
    const guides = page.messages.flatMap((each) => (each.kind === 'guide' ? [each.guide] : []));
    expect(guides).toContain(challenge);
  }
  const [fact] = terminal.facts.filter(({ type }) => type === 'duty.checked-in');
  expect(fact?.data['face']).toMatchObject({ sampleCamera: true, challenge: 'turn-right' });
}, 200_000);
