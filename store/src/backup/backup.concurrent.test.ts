import { randomUUID } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { createAccount } from '#access/account.ts';
import { liveProjections } from '#live/live-projections.ts';
import { checkedIn, TestSource } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { verifyCustody } from '#log/verify-custody.ts';
import { insertMember, insertOrganisation } from '#organisation/testing-register.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { servers } from '#testing/engines.ts';
import { openTestStore, type TestStore } from '#testing.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const village = '540235100201';
const now = Temporal.Instant.from('2026-11-26T04:00:00Z');

/** A table as one text: what is equal here is equal. */
async function tableText({ pool }: TestStore, sql: string): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    `select coalesce(encode(sha256(convert_to(string_agg(t::text, E'\\n' order by t::text), 'UTF8')), 'hex'), '')
       || ' ' || count(*) as text from (${sql}) t`,
  );
  return rows[0]?.text ?? '';
}

describe.each(servers)('a backup of $name', ({ open: openServer }) => {
  let dir: string;
  let store: TestStore;
  beforeAll(async () => {
    store = await openServer();
    await seedDivisions(store.pool);
    const person = { personId: randomUUID(), region: village, name: '扎西', post: '书记' };
    await addPeople(store, [person], { now, actor: 'system:test' });
    const branch = await insertOrganisation(store.pool, { code: 'B', region: village });
    await insertMember(store.pool, { ...branch, idCipher: Buffer.from([0, 9, 10, 13, 92, 255]) });
    await createAccount(store.pool, { roles: ['dispatcher'], region: '5402', now });
    for (let index = 0; index < 20; index += 1) {
      const entry = { who: 'system:test', what: 't', region: village, purpose: 'p', subject: null };
      await appendAudit(store.pool, { entry, now });
    }
    dir = await mkdtemp(join(tmpdir(), 'sightline-backup-'));
  }, 120_000);
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await rm(dir, { recursive: true });
  });
  afterEach(async () => {
    expect((await readdir(dir)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  const backup = async (name: string, force = false) => {
    const file = join(dir, name);
    const { databaseUrl } = store;
    const summary = await writeBackup({ databaseUrl, file, secretsDir: null, now, force });
    return { file, ...summary };
  };
  const emptyStore = () => openTestStore({ empty: true });

  /** Facts come in and are projected until the signal ends it. */
  async function load(signal: AbortSignal): Promise<number> {
    const source = new TestSource();
    let facts = 0;
    while (!signal.aborted) {
      const batch = Array.from({ length: 50 }, (_, index) => {
        const at = now.add({ seconds: facts + index }).toString({ fractionalSecondDigits: 3 });
        return checkedIn(village, at);
      });
      await source.append(store, batch);
      await catchUp(store, liveProjections);
      facts += batch.length;
    }
    return facts;
  }

  test('taken under load and restored elsewhere it is the same log, custody, audit and projections', async () => {
    const stop = new AbortController();
    const loading = load(stop.signal);
    await new TestSource().append(store, [checkedIn(village, '2026-11-26T04:00:00.000Z')]);
    const { file, manifest } = await backup('under-load.backup');
    stop.abort();
    expect(await loading).toBeGreaterThan(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await using other = await emptyStore();
    await restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir: null });
    const upTo = manifest.logPosition;
    const equal = async (sql: string) =>
      expect([sql, await tableText(other, sql)]).toEqual([sql, await tableText(store, sql)]);
    await equal(`select * from log where position <= ${upTo}`);
    await equal(`select * from log_batch where last <= ${upTo}`);
    await equal('select * from audit');
    await equal('select * from person');
    await equal('select * from member');
    await equal('select * from organisation_region');
    await equal('select * from account');
    await equal('select * from division');
    expect(await verifyCustody(other)).toBeNull();
    // Nothing of after the snapshot came along.
    expect(await tableText(other, `select * from log where position > ${upTo}`)).toBe(' 0');

    await catchUp(other, liveProjections);
    const projected = ['check_in', 'village_duty', 'shift_count_village', 'live_strip'];
    const before = await Promise.all(
      projected.map((name) => tableText(other, `select * from ${name}`)),
    );
    for (const projection of liveProjections) await rebuild(other, projection);
    const after = await Promise.all(
      projected.map((name) => tableText(other, `select * from ${name}`)),
    );
    expect(after).toEqual(before);
    // And the log goes on from where it stood.
    await new TestSource().append(other, [checkedIn(village, '2026-11-27T04:00:00.000Z')]);
    expect(await verifyCustody(other)).toBeNull();
  }, 240_000);

  test('a damaged or cut-off file is named, and nothing is restored from it', async () => {
    const { file } = await backup('damaged.backup');
    await using other = await emptyStore();
    const restore = () => restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir: null });
    const whole = await readFile(file);
    const at = whole.indexOf('table/log/') + 512 + 40;
    const handle = await open(file, 'r+');
    await handle.write(Buffer.from([(whole[at] ?? 0) ^ 1]), 0, 1, at);
    await handle.close();
    await expect(restore()).rejects.toThrow('is damaged in table/log/000001');
    await writeFile(file, whole);
    await truncate(file, Math.floor(whole.length / 2));
    await expect(restore()).rejects.toThrow(/is damaged after|was cut off/);
    await writeFile(file, 'no backup at all');
    await expect(restore()).rejects.toThrow(file);
    const { rows } = await other.pool.query(
      `select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    expect(rows).toEqual([]);
  }, 120_000);

  test('a database with anything in it is left alone, and so is a file that is there', async () => {
    const { file } = await backup('again.backup');
    await expect(backup('again.backup')).rejects.toThrow('is there already');
    await backup('again.backup', true);
    const before = await tableText(store, 'select * from person');
    const restore = restoreBackup({ databaseUrl: store.databaseUrl, file, secretsDir: null });
    await expect(restore).rejects.toThrow('The database is not empty');
    expect(await tableText(store, 'select * from person')).toBe(before);
  }, 120_000);

  test('a chain broken behind the triggers is found at the restore, and nothing is kept', async () => {
    await using broken = await openServer();
    await seedDivisions(broken.pool);
    await new TestSource().append(broken, [checkedIn(village, '2026-11-26T04:00:00.000Z')]);
    await broken.pool.query(`update log set hash = sha256('another')`);
    const file = join(dir, 'broken.backup');
    await writeBackup({ databaseUrl: broken.databaseUrl, file, secretsDir: null, now });
    await using other = await emptyStore();
    const restore = restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir: null });
    await expect(restore).rejects.toThrow('The log is broken at 1–1');
    const { rows } = await other.pool.query('select from log');
    expect(rows).toEqual([]);
  }, 120_000);

  test('the keys beside the database travel in the file and come back readable by their owner alone', async () => {
    const secrets = await mkdtemp(join(dir, 'secrets-'));
    await writeFile(join(secrets, 'register.key'), Buffer.alloc(32, 7), { mode: 0o600 });
    const file = join(dir, 'keys.backup');
    await writeBackup({ databaseUrl: store.databaseUrl, file, secretsDir: secrets, now });
    await using other = await emptyStore();
    const secretsDir = join(dir, 'restored');
    await restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir });
    const key = join(secretsDir, 'register.key');
    expect(await readFile(key)).toEqual(Buffer.alloc(32, 7));
    expect((await stat(key)).mode & 0o777).toBe(0o600);
  }, 120_000);
});
