import { parseArgs } from 'node:util';
import { openStore } from '@sightline/store';
import { readConfig, type CentreConfig } from '#config.ts';
import { issueMachineLink } from '#machine-link.ts';
import { sayFailure } from '#say-failure.ts';

/*
 * npm run -w @sightline/command-center sign-in-link -- ROLE [--region CODE] [--reset-second-factor]
 *
 * Prints a one-time sign-in link for an administrator: the way in on a new installation, and back in
 * when a password or a device is lost.
 */
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { region: { type: 'string' }, 'reset-second-factor': { type: 'boolean' } },
  });
  const config = readConfig(process.env);
  await using store = await openStore({
    databaseUrl: config.databaseUrl,
    applicationName: 'sightline-sign-in-link',
  });
  const { token, expiresAt } = await issueMachineLink(store, {
    role: positionals[0] ?? 'system',
    region: values.region,
    resetSecondFactor: values['reset-second-factor'],
  });
  process.stdout.write(`${consoleUrl(config)}#sign-in=${token}\nonce, until ${expiresAt}\n`);
} catch (error) {
  process.stderr.write(`${sayFailure(error)}\n`);
  process.exitCode = 1;
}

function consoleUrl({ publicHosts, host, port, tls }: CentreConfig): string {
  const [publicHost] = publicHosts;
  const scheme = publicHost === undefined && tls === null ? 'http' : 'https';
  return `${scheme}://${publicHost ?? `${host}:${port}`}/console/`;
}
