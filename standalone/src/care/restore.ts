import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { restoreBackup } from '@sightline/store';
import { openDatabase } from './open-database.ts';
import type { Care } from './options.ts';
import { readPassphrase } from './passphrase.ts';
import type { Report } from './report.ts';

/** 恢复. Into an empty installation; nothing is kept of a backup that does not hold. */
export async function restore(options: Care, report: Report): Promise<object> {
  const { file } = options;
  const passphrase = await readPassphrase(options.passphraseFile);
  // Before a database is made for it.
  await access(file).catch((cause: unknown) => {
    throw new Error(`${file} is not there, or cannot be read.`, { cause });
  });
  await using database = await openDatabase(options, { mayCreate: true });
  const { databaseUrl } = database;
  if (!database.isOurs && options.databaseUrl === null) {
    throw new Error(
      `${options.dataDir} is running. Stop it, or restore into another --data folder.`,
    );
  }
  const { manifest, secrets } = await restoreBackup({
    databaseUrl,
    file,
    passphrase,
    secretsDir: join(options.dataDir, 'secrets'),
    onTable: ({ name, rows }) => report.progress(`${name}: ${rows} rows`),
  });
  const { takenAt, logPosition, audit, engine } = manifest;
  report.say(
    `恢复完成，链条完整 Restored, every chain holds: taken ${takenAt}, log ${logPosition}, audit ${audit.seq}.`,
  );
  if (secrets === 0) {
    report.say(
      '备份中没有钥匙文件，请放回 data/secrets The backup holds no key files: put them back into data/secrets, or id numbers and second factors cannot be read.',
    );
  }
  return { file, takenAt, engine, logPosition, audit, secrets };
}
