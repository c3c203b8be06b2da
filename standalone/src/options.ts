import { parseArgs } from 'node:util';
import { resolve } from 'node:path';

export interface StartOptions {
  readonly portBase: number;
  readonly dataDir: string;
  readonly json: boolean;
  /** A real installation's first start: no demo people, no simulator. */
  readonly empty: boolean;
  /** How many demo villages are equipped; `all` = every village of the prefecture. */
  readonly villages: number | 'all' | 'five-counties';
  readonly camera: string;
}

export const usage = `Usage: npm start -- [options]
  --port-base N    first port, 7400 if not given (uses N, N+1, N+3, N+4, N+5, N+10,
                   and N+20 to N+99 for pictures and voices)
  --data DIR       where everything is kept, ./data if not given
  --villages N|all how many demo villages have a terminal; five counties (671) if not given
  --empty          a real installation: no demo data
  --camera SOURCE  headless camera of the demo terminal: sample (a recorded film), FILE, rtsp://…
                   or /dev/video0
  --json           print one line of JSON with the links when everything answers
  --help           this text`;

/** Reads the command line. Throws a sentence naming the wrong word and the remedy. */
export function parseOptions(args: readonly string[], rootDir: string): StartOptions | 'help' {
  const { values } = readArgs(args);
  if (values.help === true) return 'help';
  return {
    portBase: readPortBase(values['port-base'] ?? '7400'),
    dataDir: resolve(rootDir, values.data ?? 'data'),
    json: values.json ?? false,
    empty: values.empty ?? false,
    villages: readVillages(values.villages),
    camera: values.camera ?? '',
  };
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'port-base': { type: 'string' },
        data: { type: 'string' },
        villages: { type: 'string' },
        camera: { type: 'string' },
        empty: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${reason}\n${usage}`, { cause });
  }
}

function readPortBase(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
    throw new Error(`--port-base ${text}: a whole number from 1024 to 65000 is expected.`);
  }
  return port;
}

function readVillages(text: string | undefined): StartOptions['villages'] {
  if (text === undefined) return 'five-counties';
  if (text === 'all') return 'all';
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1693) {
    throw new Error(`--villages ${text}: a whole number from 1 to 1693, or "all", is expected.`);
  }
  return count;
}
