import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportKind } from '@sightline/contracts';
import { findImport, isRegisterUnfilled, openStore, topRegions } from '@sightline/store';
import { readConfig } from '#config.ts';
import { sayFailure } from '#say-failure.ts';
import { applyChecked, checkFile } from './import-file.ts';
import { closedVault, openVault } from './open-vault.ts';

/**
 * Imports ORGANISATIONS.xlsx and MEMBERS.xlsx at the machine itself, into a register without members. A
 * supervisor hears `{note}` after each, and one line stands on standard output.
 */
async function run([organisations, members]: readonly string[]): Promise<void> {
  if (organisations === undefined || members === undefined) {
    throw new Error('Usage: import-main.ts ORGANISATIONS.xlsx MEMBERS.xlsx');
  }
  const config = readConfig(process.env);
  await using store = await openStore({
    databaseUrl: config.databaseUrl,
    applicationName: 'sightline-import',
    poolSize: 3,
  });
  process.send?.({ ready: true });
  if (!(await isRegisterUnfilled(store.pool))) return;
  const [region] = await topRegions(store.pool);
  if (region === undefined) throw new Error('The register has no regions: start the centre once.');
  const vault = config.registerKeyFile === null ? closedVault : openVault(config.registerKeyFile);
  const actor = 'system:import';
  const now = () => Temporal.Now.instant();
  const importOne = async (kind: ImportKind, path: string): Promise<void> => {
    const startedAt = performance.now();
    const file = await readFile(path);
    const asked = { kind, file, fileName: basename(path), region, actor, now };
    const checked = await checkFile(store, vault, asked);
    await applyChecked(store, checked, { actor, now: now() });
    const done = await findImport(store.pool, checked.importId);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const added = done?.toAdd ?? 0;
    say(`${asked.fileName}: ${added} added in ${seconds} s, at most ${megabytes} MB of memory`);
  };
  await importOne('organisations', organisations);
  await importOne('members', members);
}

function say(note: string): void {
  process.send?.({ note });
  process.stdout.write(`${note}\n`);
}

process.on('disconnect', () => process.exit(1));
try {
  await run(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  process.send?.({ failed: sayFailure(error) });
  process.stderr.write(`${sayFailure(error)}\n`);
  process.exit(1);
}
