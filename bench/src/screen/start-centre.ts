import { join } from 'node:path';
import { Program } from '#measure/program.ts';
import { limits } from '../limits.ts';

export interface RunningCentre {
  readonly program: Program;
  /** http://127.0.0.1:PORT */
  readonly url: string;
}

const main = join(import.meta.dirname, '../../../command-center/src/main.ts');

/** The command centre as the process it is in production, on any free port. */
export async function startCentre(
  databaseUrl: string,
  brokerHttpPort: number,
): Promise<RunningCentre> {
  const env = {
    DATABASE_URL: databaseUrl,
    SIGHTLINE_CENTRE_PORT: '0',
    SIGHTLINE_BROKER_HTTP_URL: `http://127.0.0.1:${brokerHttpPort}`,
    SIGHTLINE_DEMO: '1',
    SIGHTLINE_LOG_LEVEL: 'warn',
  };
  const program = Program.start({ name: 'centre', file: main, env });
  const ready = (await program.next(limits.startMs)) as { url: string }; // The centre's ready word.
  return { program, url: ready.url };
}
