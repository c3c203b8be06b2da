import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComposeFile, ComposeService } from './compose-file.ts';

export interface Place {
  /** Stands for the folder of docker-compose.yml, where `data/` lies, and for the volumes. */
  readonly dir: string;
  /** Of ten free ports: 7400 of the file is this one, 7405 the fifth after it. */
  readonly portBase: number;
  /** The server that stands in for the service timescaledb. */
  readonly databaseUrl: string;
  /** Where the services listen that a container has listen for all. */
  readonly host: string;
}

/** The name that the certificate is made for; it leads to this machine by itself. */
export const serverName = 'localhost';

/** Everything that a process on this machine has otherwise than a container: [in the file, here]. */
function translationTable(file: ComposeFile, place: Place): readonly (readonly [RegExp, string])[] {
  const { dir, portBase, databaseUrl, host } = place;
  return [
    [/^postgres:\/\/sightline:\w+@timescaledb:5432\/sightline$/, databaseUrl],
    [/^0\.0\.0\.0$/, host],
    [/\b740(?=\d\b)/g, String(portBase).slice(0, -1)],
    // The media server's, among the same ten.
    [/\b7410\b/g, String(portBase + 6)],
    [/^7411-7414$/, `${portBase + 7}-${portBase + 9}`],
    [/^4$/, '2'], // Workers: a port each.
    [/^\/var\/lib\/sightline\/agent$/, join(dir, 'volumes/terminal')],
    [/^\/var\/lib\/sightline\/media$/, join(dir, 'volumes/recordings')],
    [/^\/backups(?=\/|$)/, join(dir, 'backups')],
    ...Object.entries(file.secrets).map(
      ([name, secret]) => [new RegExp(`^/run/secrets/${name}$`), join(dir, secret.file)] as const,
    ),
  ];
}

/** The folders that stand for volumes. */
export async function makeVolumes(dir: string): Promise<void> {
  for (const name of ['volumes/terminal', 'volumes/recordings', 'volumes/database', 'backups'])
    await mkdir(join(dir, name), { recursive: true });
}

/** A word of a command as it is on this machine. */
export function hereOf(file: ComposeFile, place: Place): (word: string) => string {
  const table = translationTable(file, place);
  return (word) => table.reduce((text, [from, to]) => text.replace(from, to), word);
}

/** One process as docker would start it, with what is otherwise on this machine. */
export interface TranslatedService {
  readonly name: string;
  /** Without the first word, `node`. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Without `CMD node`; null where the service has none. */
  readonly healthcheck: readonly string[] | null;
  readonly restarts: boolean;
}

export function translate(file: ComposeFile, name: string, place: Place): TranslatedService {
  const service = file.services[name];
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}.`);
  const here = hereOf(file, place);
  const environment = { ...readEnvFiles(service, place.dir), ...service.environment };
  const test = service.healthcheck?.test.slice(2).map(here);
  return {
    name,
    args: service.command.slice(1),
    environment: Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key, here(value)]),
    ),
    healthcheck: test ?? null,
    restarts: service.restart === 'unless-stopped',
  };
}

function readEnvFiles({ env_file = [] }: ComposeService, dir: string): Record<string, string> {
  const lines = env_file.flatMap(({ path }) => readFileSync(join(dir, path), 'utf8').split('\n'));
  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
