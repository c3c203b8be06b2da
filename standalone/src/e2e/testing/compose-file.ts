import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { rootDir } from './fixture.ts';

/** A service, with those of its keys that the tests ask for. */
export interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly command: readonly string[];
  readonly profiles?: readonly string[];
  readonly restart: string;
  readonly user: string;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly cap_add?: readonly string[];
  readonly ulimits?: Readonly<Record<string, number>>;
  readonly security_opt: readonly string[];
  readonly pids_limit: number;
  readonly mem_limit: string;
  readonly logging: { readonly options: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly extra_hosts?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[]; readonly retries: number };
}

export interface ComposeFile {
  readonly text: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

/** Reads docker-compose.yml with the variables that a shell or `.env` would give it. */
export function readComposeFile(variables: Readonly<Record<string, string>>): ComposeFile {
  const text = readFileSync(join(rootDir, 'docker-compose.yml'), 'utf8');
  // Our own file; what these tests do not find in it fails them.
  return { ...(parse(interpolate(text, variables), { merge: true }) as ComposeFile), text };
}

/** `${NAME}` and `${NAME:?what is missing}`; docker's other forms are not used here. */
function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)(?::\?([^}]*))?\}/g, (_, name: string, sentence?: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`${name} is not set: ${sentence ?? ''}`);
    return value;
  });
}

/** The room and the program that a service runs: `node ROOM/src/….ts`. */
export function programOf(service: ComposeService): {
  readonly room: string;
  readonly file: string;
} {
  const [node, file = ''] = service.command;
  if (node !== 'node') throw new Error(`"${service.command.join(' ')}" is none of our programs.`);
  return { room: file.split('/src/')[0] ?? '', file };
}
