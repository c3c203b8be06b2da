import { refuse, type Refusal } from '@sightline/contracts';
import { hasForeignSeals } from '@sightline/store';
import { openVaultOf } from '#register-import/open-vault.ts';
import type { IdVault } from '#register-import/id-vault.ts';
import type { RouteDeps } from './route-deps.ts';

const noKey = refuse(
  'no-register-key',
  'This centre has no key for id numbers: set SIGHTLINE_REGISTER_KEY_FILE and start it again.',
);

/** What is said of a number that was sealed under another key. */
const wrongKey = refuse(
  'wrong-register-key',
  'The numbers of this register were sealed under another key than that in SIGHTLINE_REGISTER_KEY_FILE. Put the right file back and start the centre again; until then no number is shown and none is taken in.',
);

/**
 * The vault that numbers are taken in by, or why none are: without a key, and with another than that of
 * the numbers already there, by which nobody would be found again and everybody could be added twice.
 */
export async function openRegisterVault({
  store,
  config,
}: Pick<RouteDeps, 'store' | 'config'>): Promise<IdVault | Refusal> {
  const vault = openVaultOf(config.registerKeyFile);
  if (vault === null) return noKey;
  return (await hasForeignSeals(store.pool, vault.keyId)) ? wrongKey : vault;
}

/** What was sealed, or why nobody can read it here. */
export function openSealed(
  { config }: Pick<RouteDeps, 'config'>,
  sealed: readonly Buffer[],
): readonly string[] | Refusal {
  const vault = openVaultOf(config.registerKeyFile);
  if (vault === null) return noKey;
  return sealed.every(vault.isOwn) ? sealed.map(vault.open) : wrongKey;
}
