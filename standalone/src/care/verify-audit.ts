import { openStore, verifyAudit, verifyCustody } from '@sightline/store';
import { readLastBackup } from './last-backup.ts';
import { openDatabase } from './open-database.ts';
import type { Care } from './options.ts';
import type { Report } from './report.ts';

/**
 * 审计核对. Audit and log from their first row; against the end noted at the last backup too, so that a
 * cut-off end shows. The exit code is 1 where a link is broken.
 */
export async function verifyChains(options: Care, report: Report): Promise<object> {
  await using database = await openDatabase(options, { mayCreate: false });
  const { databaseUrl } = database;
  await using store = await openStore({ databaseUrl, applicationName: 'sightline-verify' });
  const remembered = (await readLastBackup(options.dataDir))?.auditHead;
  const noted = remembered === undefined || remembered.seq === 0 ? undefined : remembered;
  const audit = await verifyAudit(store.pool, noted);
  const custody = await verifyCustody(store);
  if (audit.brokenAt === null) {
    report.say(
      `审计完整 The audit holds: ${audit.rows} rows, head ${audit.head.hash.slice(0, 16)}…`,
    );
  } else {
    report.say(`审计在第 ${audit.brokenAt} 行断开 The audit is broken at row ${audit.brokenAt}.`);
  }
  if (custody === null) {
    report.say('日志完整 The log holds: every fact and every commit is what it was.');
  } else {
    const { first, last, problem } = custody;
    report.say(`日志在 ${first}–${last} 断开 The log is broken at ${first}–${last}: ${problem}`);
  }
  if (audit.brokenAt !== null || custody !== null) process.exitCode = 1;
  return { audit, custody };
}
