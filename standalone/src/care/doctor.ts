import type { Finding } from './findings.ts';
import { lookAtBackup } from './look-at-backup.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { lookAtPorts } from './look-at-ports.ts';
import { lookAtPrograms } from './look-at-programs.ts';
import type { Care } from './options.ts';
import type { Report } from './report.ts';

const signs = { ok: '●', warn: '▲', wrong: '✖' } as const;
const looks = [lookAtMachine, lookAtPrograms, lookAtPorts, lookAtDatabase, lookAtBackup];

/** 体检. What is wrong with this machine for this installation, in plain words. Exit code 1 where something is. */
export async function doctor(options: Care, report: Report): Promise<object> {
  const findings: Finding[] = [];
  for (const look of looks) {
    for (const finding of await look(options)) {
      findings.push(finding);
      report.say(`${signs[finding.state]} ${finding.what}: ${finding.found}`);
      if (finding.remedy !== null) report.say(`    → ${finding.remedy}`);
    }
  }
  if (findings.some(({ state }) => state === 'wrong')) process.exitCode = 1;
  return { findings };
}
