import { join } from 'node:path';
import { backup } from '#care/backup.ts';
import { doctor } from '#care/doctor.ts';
import { parseCareOptions, usage, type Care, type Command } from '#care/options.ts';
import { copyFiles, restoreFiles } from '#care/files/carry-files.ts';
import type { FilePlaces } from '#care/files/file-places.ts';
import { openReport, type Report } from '#care/report.ts';
import { restore } from '#care/restore.ts';
import { status } from '#care/status.ts';
import { verifyChains } from '#care/verify-audit.ts';

const commands: Readonly<Record<Command, (care: Care, report: Report) => Promise<object>>> = {
  backup,
  restore,
  'copy-files': copyFiles,
  'restore-files': restoreFiles,
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
    const databaseUrl = process.env['DATABASE_URL'] ?? null;
    const answer = await commands[options.command](
      { ...options, databaseUrl, ...placesOf(options.dataDir) },
      openReport(options),
    );
    if (options.json) process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Where the programs' own settings put their files, else below the data folder. */
function placesOf(dataDir: string): FilePlaces {
  return {
    mediaDir: process.env['SIGHTLINE_MEDIA_DATA'] ?? join(dataDir, 'media'),
    coursesDir: process.env['SIGHTLINE_COURSES_DIR'] ?? join(dataDir, 'courses'),
  };
}
