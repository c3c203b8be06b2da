import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { restoreBackup, writeBackup } from '@sightline/store';
import { noteLastBackup } from './last-backup.ts';
import { openDatabase } from './open-database.ts';
import type { Care } from './options.ts';
import type { Report } from './report.ts';

const secretsOf = ({ dataDir }: Care) => join(dataDir, 'secrets');
const bytesPerMb = 1024 ** 2;

/** 备份. The database and the keys beside it; terminals keep their own (a template never leaves them). */
export async function backup(options: Care, report: Report): Promise<object> {
  await using database = await openDatabase(options, { mayCreate: false });
  const { databaseUrl } = database;
  const { file, force } = options;
  const now = Temporal.Now.instant();
  const secretsDir = existsSync(secretsOf(options)) ? secretsOf(options) : null;
  const onTable = tableReporter(report);
  const taken = await writeBackup({ databaseUrl, file, force, secretsDir, now, onTable });
  const { logPosition, audit } = taken.manifest;
  if (existsSync(options.dataDir)) {
    await noteLastBackup(options.dataDir, {
      at: now.toString(),
      file,
      logPosition,
      auditHead: audit,
    });
  }
  const mb = (taken.bytes / bytesPerMb).toFixed(1);
  report.say(`备份完成 Backup done: ${file}, ${mb} MB, log ${logPosition}, audit ${audit.seq}.`);
  report.say(
    taken.secrets > 0
      ? '文件内有个人信息和解密钥匙，请加密保管 It holds personal data and the keys that open them: keep it encrypted, offline, and away from this machine.'
      : '文件内有个人信息，请加密保管；钥匙文件不在其中 It holds personal data: keep it encrypted. The key files of this installation are not in it: keep them too.',
  );
  return { file, bytes: taken.bytes, secrets: taken.secrets, logPosition, audit };
}

/** 恢复. Into an empty installation; nothing is kept of a backup that does not hold. */
export async function restore(options: Care, report: Report): Promise<object> {
  await using database = await openDatabase(options, { mayCreate: true });
  const { databaseUrl } = database;
  if (!database.isOurs && options.databaseUrl === null) {
    throw new Error(
      `${options.dataDir} is running. Stop it, or restore into another --data folder.`,
    );
  }
  const onTable = tableReporter(report);
  const secretsDir = secretsOf(options);
  const { file } = options;
  const { manifest, secrets } = await restoreBackup({ databaseUrl, file, secretsDir, onTable });
  const { takenAt, logPosition, audit } = manifest;
  report.say(
    `恢复完成，链条完整 Restored, every chain holds: taken ${takenAt}, log ${logPosition}, audit ${audit.seq}.`,
  );
  return { file, takenAt, logPosition, audit, secrets };
}

function tableReporter(report: Report): (table: { name: string; rows: number }) => void {
  return ({ name, rows }) => report.progress(`${name}: ${rows}`);
}
