import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import type { FilePlaces } from './files/file-places.ts';

export const usage = `Usage: npm run -s sightline -- COMMAND [options]
  backup FILE      everything the installation keeps, into one file, while it runs
  restore FILE     a backup into an empty installation (--data of a new folder, or DATABASE_URL)
  copy-files DIR   recordings, slides and files of courses into a folder; again, only what is new
  restore-files DIR  such a folder back, after the database
  audit verify     whether audit and log are what they were; names the first broken link
  doctor           what is wrong with this machine, and what to do
  status           what runs, since when, and what waits

  --data DIR       the data folder, ./data if not given (where DATABASE_URL is not set)
  --port-base N    first port of the installation, 7400 if not given (doctor, status)
  --force          backup: replace a file that is there
  --passphrase-file F
                   backup, restore and both of files: the first line of F encrypts them, and opens them
  --json           one line of JSON
  --help           this text`;

const fileCommands = ['backup', 'restore', 'copy-files', 'restore-files'] as const;
const plainCommands = ['doctor', 'status'] as const;
export type Command =
  | (typeof fileCommands)[number]
  | (typeof plainCommands)[number]
  | 'audit-verify';

export interface CareOptions {
  readonly command: Command;
  /** Of backup and restore, the folder of copy-files and restore-files; empty for the others. */
  readonly file: string;
  readonly dataDir: string;
  readonly portBase: number;
  readonly force: boolean;
  /** Of the file's encryption; null = none. */
  readonly passphraseFile: string | null;
  readonly json: boolean;
}

/** What a command works on: its words, and the database's own server where one is set. */
export interface Care extends CareOptions, FilePlaces {
  /** `DATABASE_URL`; null = the embedded database of the data folder. */
  readonly databaseUrl: string | null;
}

/** Reads the command line; `dir` is where it was typed. Throws a sentence naming the wrong word. */
export function parseCareOptions(args: readonly string[], dir: string): CareOptions | 'help' {
  const { values, positionals } = readArgs(args);
  const [word, ...rest] = positionals;
  if (values.help === true || word === undefined) return 'help';
  const command = commandOf(word, rest);
  const takesFile = fileCommands.some((one) => one === command);
  const words = takesFile || command === 'audit-verify' ? rest.slice(1) : rest;
  if (words.length > 0) throw new Error(`"${words.join(' ')}" is too much.\n${usage}`);
  const [file = ''] = takesFile ? rest : [];
  if (takesFile && file === '') throw new Error(`Say which file: ${word} FILE.\n${usage}`);
  return {
    command,
    file: takesFile ? resolve(dir, file) : '',
    dataDir: resolve(dir, values.data ?? 'data'),
    portBase: readPortBase(values['port-base'] ?? '7400'),
    force: values.force ?? false,
    passphraseFile: readPath(values['passphrase-file'], dir),
    json: values.json ?? false,
  };
}

function commandOf(word: string, rest: readonly string[]): Command {
  if (word === 'audit' && rest[0] === 'verify') return 'audit-verify';
  const known = [...fileCommands, ...plainCommands].find((one) => one === word);
  if (known !== undefined) return known;
  throw new Error(`"${word}" is no command.\n${usage}`);
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        'port-base': { type: 'string' },
        force: { type: 'boolean' },
        'passphrase-file': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${reason}\n${usage}`, { cause });
  }
}

function readPath(text: string | undefined, dir: string): string | null {
  return text === undefined ? null : resolve(dir, text);
}

function readPortBase(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_000) return port;
  throw new Error(`--port-base ${text}: a whole number from 1024 to 65000 is expected.`);
}
