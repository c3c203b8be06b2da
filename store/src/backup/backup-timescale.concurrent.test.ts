import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { liveProjections } from '#live/live-projections.ts';
import { checkedIn, TestSource } from '#live/testing-facts.ts';
import { catchUp } from '#log/projector.ts';
import { verifyCustody } from '#log/verify-custody.ts';
import { seedDivisions } from '#register/divisions.ts';
import { openTestStore } from '#testing.ts';
import { restoreBackup } from './restore-backup.ts';
import { tableText } from './testing-backup.ts';
import { backUpFrom } from './write-backup.ts';

const village = '540235100201';
const now = Temporal.Instant.from('2026-11-26T04:00:00Z');

test('a backup of TimescaleDB is restored on plain PostgreSQL', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-backup-'));
  await using store = await openTestStore({ timescale: true });
  await seedDivisions(store.pool);
  // Of several weeks: in several chunks of the hypertable.
  const days = ['2026-10-01', '2026-10-20', '2026-11-26'];
  await new TestSource().append(
    store,
    days.map((day) => checkedIn(village, `${day}T04:00:00.000Z`)),
  );
  await catchUp(store, liveProjections);
  const client = await store.pool.connect();
  const file = join(dir, 'timescale.backup');
  try {
    const { manifest } = await backUpFrom(client, { file, secretsDir: null, now }).finally(() =>
      client.release(),
    );
    expect(manifest.engine).toMatch(/^timescaledb/);
    await using other = await openTestStore({ empty: true });
    await restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir: null });
    for (const { name } of manifest.tables) {
      const sql = `select * from ${name}`;
      expect([name, await tableText(other, sql)]).toEqual([name, await tableText(store, sql)]);
    }
    expect(await verifyCustody(other)).toBeNull();
  } finally {
    await rm(dir, { recursive: true });
  }
}, 120_000);
