import { backup, restore } from '#care/backup.ts';
import { doctor } from '#care/doctor.ts';
import { parseCareOptions, usage, type CareOptions, type Command } from '#care/options.ts';
import { openReport, type Report } from '#care/report.ts';
import { status } from '#care/status.ts';
import { verifyChains } from '#care/verify-audit.ts';

const commands: Readonly<
  Record<Command, (options: CareOptions, report: Report) => Promise<object>>
> = {
  backup,
  restore,
  'audit-verify': verifyChains,
  doctor,
  status,
};

/** npm run -s sightline -- COMMAND: the care of an installation. */
try {
  const options = parseCareOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (options === 'help') {
    process.stdout.write(`${usage}\n`);
  } else {
    const answer = await commands[options.command](options, openReport(options));
    if (options.json) process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
