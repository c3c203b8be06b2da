import { randomUUID } from 'node:crypto';
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { createAccount } from '#access/account.ts';
import { migrate } from '#engine/migrate.ts';
import { liveProjections } from '#live/live-projections.ts';
import { checkedIn, TestSource } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { verifyCustody } from '#log/verify-custody.ts';
import { insertMember, insertOrganisation } from '#organisation/testing-register.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { servers } from '#testing/engines.ts';
import { openTestStore, type TestStore } from '#testing.ts';
import { readEntries, verifyBackup, type BackupEntry } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { tableText } from './testing-backup.ts';
import { writeBackup, type BackupContent } from './write-backup.ts';

const village = '540235100201';
const now = Temporal.Instant.from('2026-11-26T04:00:00Z');

function textOf(entries: readonly BackupEntry[]): string {
  return JSON.stringify(entries.map(({ name, bytes }) => [name, bytes.toString('base64')]));
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

  const backup = async (name: string, more: Partial<BackupContent> = {}, of = store) => {
    const file = join(dir, name);
    const { databaseUrl } = of;
    const summary = await writeBackup({ databaseUrl, file, secretsDir: null, now, ...more });
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

  test('wherever a bit is flipped or the file is cut, it is refused, or says the same', async () => {
    const { file } = await backup('flipped.backup');
    const whole = await readFile(file);
    const change = async (bytes: Buffer) => {
      await writeFile(file, bytes);
      const backupFile = { file, passphrase: null };
      return verifyBackup(backupFile).then(
        async () => textOf(await Array.fromAsync(readEntries(backupFile))),
        () => 'refused',
      );
    };
    const said = await change(whole);
    const answers = new Map<string, number>();
    // Steps that are prime to the blocks of the archive: headers, bodies and padding are all met.
    for (let at = 7; at < whole.length; at += Math.ceil(whole.length / 97)) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8((flipped[at] ?? 0) ^ (1 << (at % 8)), at);
      for (const answer of [await change(flipped), await change(whole.subarray(0, at))]) {
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    }
    expect([...answers.keys()].filter((answer) => answer !== 'refused' && answer !== said)).toEqual(
      [],
    );
    expect(answers.get('refused')).toBeGreaterThan(97);
  }, 120_000);

  test('a database with anything in it is left alone, and so is a file that is there', async () => {
    const { file } = await backup('again.backup');
    await expect(backup('again.backup')).rejects.toThrow('is there already');
    await backup('again.backup', { force: true });
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

  test('every table comes back row for row, and the next number of each sequence with it', async () => {
    const { file, manifest } = await backup('rows.backup');
    await using other = await emptyStore();
    await restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir: null });
    const texts = (of: TestStore) =>
      Promise.all(
        manifest.tables.map(async ({ name }) => [
          name,
          await tableText(of, `select * from ${name}`),
        ]),
      );
    expect(await texts(other)).toEqual(await texts(store));
    const next = 'select sequencename, last_value from pg_sequences where last_value is not null';
    expect(await tableText(other, next)).toBe(await tableText(store, next));
  }, 120_000);

  test('a backup of an older program is restored on its own migrations and then brought on', async () => {
    await using older = await emptyStore();
    await migrate(older, { until: '0010-complaint' });
    await seedDivisions(older.pool);
    // As a program of that time projected them: today's knows columns that came later.
    await older.pool.query(
      `insert into check_in (id, position, at, effective_at, certain, received_at, region, terminal_id,
         person_id, shift, said_shift, method, simulated, world, source, boot_id, uptime_ms)
       select gen_random_uuid(), n, now(), now(), true, now(), $1, 't', gen_random_uuid(),
         '2026-11-26/day', '2026-11-26/day', 'pin', false, 'actual', 's', gen_random_uuid(), 1
       from generate_series(1, 2) as n`,
      [village],
    );
    const { file } = await backup('older.backup', {}, older);
    await using other = await emptyStore();
    await restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir: null });
    // What the migrations after it count of the rows is counted.
    const counted = 'select sum(check_ins)::integer as n from shift_count_village';
    const kept = 'select count(*)::integer as n from check_in';
    const { rows } = await other.pool.query<{ n: number }>(kept);
    expect(rows).toEqual([{ n: 2 }]);
    expect((await other.pool.query(counted)).rows).toEqual(rows);
    await using ahead = await openServer();
    const into = restoreBackup({ databaseUrl: ahead.databaseUrl, file, secretsDir: null });
    await expect(into).rejects.toThrow('0011-terminal-health, which came after this backup');
  }, 120_000);

  test('a backup of a newer program is refused before the database is touched', async () => {
    await using newer = await openServer();
    await newer.pool.query(`insert into migration (name, checksum) values ('9999-later', 'ab')`);
    const { file } = await backup('newer.backup', {}, newer);
    await using other = await emptyStore();
    const into = restoreBackup({ databaseUrl: other.databaseUrl, file, secretsDir: null });
    await expect(into).rejects.toThrow('with the migration 9999-later, which this one does not');
    const { rows } = await other.pool.query(`select to_regclass('public.migration') as name`);
    expect(rows).toEqual([{ name: null }]);
  }, 120_000);

  test('an encrypted backup opens with its passphrase alone', async () => {
    const passphrase = 'twelve letters and more';
    const { file } = await backup('sealed.backup', { passphrase });
    expect((await readFile(file)).includes('manifest.json')).toBe(false);
    await using other = await emptyStore();
    const { databaseUrl } = other;
    const restore = (given: string | null) =>
      restoreBackup({ databaseUrl, file, secretsDir: null, passphrase: given });
    await expect(restore(null)).rejects.toThrow('is encrypted: name the file of its passphrase');
    await expect(restore('another')).rejects.toThrow('The passphrase does not open it');
    await restore(passphrase);
    expect(await tableText(other, 'select * from log')).toBe(
      await tableText(store, 'select * from log'),
    );
  }, 120_000);

  test('the keys beside the database travel in the file, come back readable by their owner alone, and replace no other', async () => {
    const secrets = await mkdtemp(join(dir, 'secrets-'));
    await writeFile(join(secrets, 'register.key'), Buffer.alloc(32, 7), { mode: 0o600 });
    await mkdir(join(secrets, 'tls'));
    await writeFile(join(secrets, 'tls', 'server.key'), 'of the server', { mode: 0o644 });
    const { file } = await backup('keys.backup', { secretsDir: secrets });
    await using other = await emptyStore();
    const { databaseUrl } = other;
    const secretsDir = join(dir, 'restored');
    await mkdir(secretsDir);
    const key = join(secretsDir, 'register.key');
    await writeFile(key, 'of another installation');
    const restore = () => restoreBackup({ databaseUrl, file, secretsDir });
    await expect(restore()).rejects.toThrow('is another key than the one in the backup');
    expect(await readFile(key, 'utf8')).toBe('of another installation');
    await rm(key);
    await restore();
    expect(await readFile(key)).toEqual(Buffer.alloc(32, 7));
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect(await readFile(join(secretsDir, 'tls', 'server.key'), 'utf8')).toBe('of the server');
  }, 120_000);
});
