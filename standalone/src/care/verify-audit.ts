import {
  explainAuditBreak,
  openStore,
  verifyAudit,
  verifyCustody,
  verifySeals,
  type AuditBreak,
  type AuditHead,
  type Queryable,
} from '@sightline/store';
import { readLastBackup } from './last-backup.ts';
import { openDatabase } from './open-database.ts';
import type { Care } from './options.ts';
import type { Report } from './report.ts';

/**
 * 审计核对. The audit, the log and the devices' own chains from their first row; against the end noted at
 * the last backup too, so that a cut-off end shows. The exit code is 1 where a link is broken.
 */
export async function verifyChains(options: Care, report: Report): Promise<object> {
  await using database = await openDatabase(options, { mayCreate: false });
  const { databaseUrl } = database;
  await using store = await openStore({ databaseUrl, applicationName: 'sightline-verify' });
  const noted = await readLastBackup(options.dataDir);
  const audit = await checkAudit(store.pool, noted?.auditHead ?? null, report);
  const custody = await verifyCustody(store);
  if (custody === null) {
    report.say('日志完整 The log holds: every fact and every commit is what it was.');
  } else {
    const { first, last, problem } = custody;
    report.say(`日志在 ${first}–${last} 断开 The log is broken at ${first}–${last}: ${problem}`);
  }
  // Of a log whose texts do not hold there is nothing more to say.
  const seals = custody === null ? await verifySeals(store) : null;
  if (seals !== null) {
    const { source, seq, problem } = seals;
    report.say(
      `设备链在 ${seq} 断开 The chain of the device ${source} is broken at ${seq}: ${problem}`,
    );
  } else if (custody === null) {
    report.say('设备链完整 The devices’ chains hold: every seal is the device’s own.');
  }
  if (!audit.holds || custody !== null || seals !== null) process.exitCode = 1;
  return { audit, custody, seals };
}

async function checkAudit(db: Queryable, noted: AuditHead | null, report: Report) {
  const against = noted === null || noted.seq === 0 ? undefined : noted;
  const verdict = await verifyAudit(db, against);
  if (verdict.brokenAt === null) {
    const { rows, head } = verdict;
    report.say(`审计完整 The audit holds: ${rows} rows, head ${head.hash.slice(0, 16) || 'none'}`);
    return { ...verdict, holds: true, why: null };
  }
  // Alone: is it broken in itself, or whole and only not the one that was noted?
  const { brokenAt, rows } = await verifyAudit(db);
  const why =
    brokenAt === null ? notTheNoted(against, rows) : await explainAuditBreak(db, brokenAt);
  report.say(`审计在第 ${why.seq} 行断开 The audit is broken at row ${why.seq}: ${why.problem}`);
  report.say(`    应为 expected: ${why.expected}`);
  report.say(`    实为 found: ${why.found}`);
  return { ...verdict, brokenAt: why.seq, holds: false, why };
}

function notTheNoted(noted: AuditHead | undefined, rows: number): AuditBreak {
  const { seq, hash } = noted ?? { seq: 0, hash: '' };
  const problem =
    'It is whole, and not the audit of the last backup: its end was cut off, or all of it written anew (or this is another database than the one backed up).';
  const isShort = rows < seq;
  return {
    seq: isShort ? rows + 1 : seq,
    problem,
    expected: `row ${seq} = ${hash}`,
    found: isShort ? `${rows} rows` : 'another row',
  };
}
