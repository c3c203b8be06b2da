import { join } from 'node:path';
import { makeRelayAsTold } from './compose-docs.ts';
import { readComposeFile } from './compose-file.ts';
import { startCoturn } from './start-coturn.ts';

export interface RelayOptions {
  /** Holds the secrets, made as the page tells. */
  readonly dir: string;
  readonly serverName: string;
  /** The one address that is relayed to. */
  readonly address: string;
}

/** Debian's coturn, with the command of docker-compose.yml and the settings as the page has them made. */
export async function openCoturn(options: RelayOptions): Promise<AsyncDisposable> {
  const { dir, serverName, address } = options;
  await makeRelayAsTold(dir, { serverName, address });
  const file = readComposeFile({
    SIGHTLINE_SERVER_NAME: serverName,
    SIGHTLINE_SERVER_ADDRESS: address,
  });
  const [program = '', ...words] = file.services['turn']?.command ?? [];
  const args = words.map((word) =>
    word.replace(/\/run\/secrets\/([\w-]+)$/, (_, name: string) =>
      join(dir, file.secrets[name]?.file ?? ''),
    ),
  );
  return startCoturn([program, ...args], { dir, host: address, port: 3478 });
}
