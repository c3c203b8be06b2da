import { ensureAccount, issueSignInLink, openStore, topRegions } from '@sightline/store';
import { readConfig } from '#config.ts';
import { sayFailure } from '#say-failure.ts';

/**
 * Prints a one-time sign-in link for the first administrator: the way in on a new installation, and
 * back in when every password is lost. Whoever may run this holds the database anyway.
 */
try {
  const config = readConfig(process.env);
  await using store = await openStore({
    databaseUrl: config.databaseUrl,
    applicationName: 'sightline-sign-in-link',
  });
  const [region] = await topRegions(store.pool);
  if (region === undefined) throw new Error('The register is empty: start the centre once first.');
  const now = Temporal.Now.instant();
  const accountId = await ensureAccount(store.pool, {
    roles: ['system-administrator'],
    region,
    now,
  });
  const { token, expiresAt } = await issueSignInLink(store.pool, { accountId, now });
  const [publicHost] = config.publicHosts;
  const scheme = publicHost === undefined && config.tls === null ? 'http' : 'https';
  const host = publicHost ?? `${config.host}:${config.port}`;
  process.stdout.write(`${scheme}://${host}/console/#sign-in=${token}\nonce, until ${expiresAt}\n`);
} catch (error) {
  process.stderr.write(`${sayFailure(error)}\n`);
  process.exitCode = 1;
}
