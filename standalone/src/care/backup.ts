import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeBackup, type BackupOptions, type Manifest } from '@sightline/store';
import { noteLastBackup } from './last-backup.ts';
import { openDatabase } from './open-database.ts';
import type { Care } from './options.ts';
import { readPassphrase } from './passphrase.ts';
import type { Report } from './report.ts';

const bytesPerMb = 1024 ** 2;
const tellEachBytes = 64 * bytesPerMb;

/** 备份. The database and the keys beside it; terminals keep their own (a template never leaves them). */
export async function backup(options: Care, report: Report): Promise<object> {
  const passphrase = await readPassphrase(options.passphraseFile);
  await using database = await openDatabase(options, { mayCreate: false });
  const { databaseUrl } = database;
  const { file, force } = options;
  const now = Temporal.Now.instant();
  const secretsFolder = join(options.dataDir, 'secrets');
  const secretsDir = existsSync(secretsFolder) ? secretsFolder : null;
  const onTable = tableTeller(report);
  const given = { databaseUrl, file, force, passphrase, secretsDir, now, onTable };
  const { manifest, bytes, secrets } = await writeBackup(given);
  const { logPosition, audit } = manifest;
  if (existsSync(options.dataDir)) {
    const note = { at: now.toString(), file, logPosition, auditHead: audit };
    await noteLastBackup(options.dataDir, note);
  }
  const mb = (bytes / bytesPerMb).toFixed(1);
  report.say(`备份完成 Backup done: ${file}, ${mb} MB, log ${logPosition}, audit ${audit.seq}.`);
  if (manifest.apart !== undefined) report.say(whatIsApart(manifest.apart));
  report.say(howToGuard({ hasKeys: secrets > 0, isEncrypted: passphrase !== null }));
  const { apart } = manifest;
  return { file, bytes, secrets, isEncrypted: passphrase !== null, logPosition, audit, apart };
}

/** Recordings grow by gigabytes a day: they are copied by a command of their own, each only once. */
function whatIsApart({ recordings, bytes }: NonNullable<Manifest['apart']>): string {
  const gb = (bytes / bytesPerMb / 1024).toFixed(1);
  return `录像、课件和课程文件不在其中 Not in it: ${recordings} recordings (${gb} GB), slides and files of courses. Copy them with: npm run -s sightline -- copy-files DIR`;
}

function howToGuard({
  hasKeys,
  isEncrypted,
}: {
  readonly hasKeys: boolean;
  readonly isEncrypted: boolean;
}): string {
  const holds = hasKeys
    ? '文件内有个人信息和解密钥匙 It holds personal data and the keys that open them.'
    : '文件内有个人信息，钥匙文件不在其中，请另行保管 It holds personal data. The key files of this installation are not in it: keep them too.';
  const guard = isEncrypted
    ? '文件已加密，口令与文件分开保管 It is encrypted: keep the passphrase apart from it, without it the file is lost.'
    : '请加密、离线、异地保管 Keep it encrypted (--passphrase-file), offline, and away from this machine.';
  return `${holds} ${guard}`;
}

/** A line when a table is done, and one every 64 MB of a large one. */
function tableTeller(report: Report): NonNullable<BackupOptions['onTable']> {
  let toldBytes = 0;
  return ({ name, rows, bytes, isDone }) => {
    if (!isDone && bytes - toldBytes < tellEachBytes) return;
    toldBytes = isDone ? 0 : bytes;
    const mb = (bytes / bytesPerMb).toFixed(1);
    report.progress(isDone ? `${name}: ${rows} rows, ${mb} MB` : `${name}: ${mb} MB …`);
  };
}
