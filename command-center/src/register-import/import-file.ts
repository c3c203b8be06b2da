import { randomUUID } from 'node:crypto';
import type { ImportKind, ImportView, Region } from '@sightline/contracts';
import {
  applyImport,
  beginImport,
  failImport,
  findImport,
  inTransaction,
  moveImport,
  whileHeld,
  type Store,
} from '@sightline/store';
import { fileFault, wordFault, type ImportFaultCode } from '#domain/import-words.ts';
import type { IdVault } from './id-vault.ts';
import { readImport } from './read-import.ts';

export interface FileImport {
  readonly kind: ImportKind;
  readonly file: Buffer;
  readonly fileName: string;
  readonly region: Region;
  /** `system:…` or `account:…`. */
  readonly actor: string;
  readonly now: () => Temporal.Instant;
}

/** Reads a workbook and stages it, without the server; returns the import as it then stands. */
export async function checkFile(
  store: Store,
  vault: IdVault,
  asked: FileImport,
): Promise<ImportView> {
  const { kind, file, fileName, region, actor } = asked;
  const importId = randomUUID();
  const now = asked.now();
  const fresh = { importId, kind, region, actor, fileName, now };
  const began = await inTransaction(store, (client) => beginImport(client, fresh));
  if (!began) throw new Error(`Another import is at work in ${region}.`);
  try {
    await readImport(store, vault, { importId, kind, region, file, now });
  } catch (error) {
    await failImport(store.pool, importId, [fileFault('fault')]);
    throw error;
  }
  return viewOf(store, importId);
}

/** Applies a checked import; throws a sentence where it cannot be. */
export async function applyChecked(
  store: Store,
  checked: ImportView,
  step: { readonly actor: string; readonly now: Temporal.Instant },
): Promise<ImportView> {
  const { importId } = checked;
  if (checked.state !== 'checked' || checked.wrong > 0) {
    const [fault] = checked.faults;
    const why = fault === undefined ? `${checked.wrong} rows are wrong.` : wordFault(fault, 'en');
    throw new Error(`${checked.fileName} cannot be imported: ${why}`);
  }
  await moveImport(store.pool, importId, { from: 'checked', to: 'applying' });
  const refusal = await whileHeld(store, importId, () => applyImport(store, checked, step));
  if (refusal !== null) {
    // The refusals of applying have words of the same code.
    await failImport(store.pool, importId, [fileFault(refusal.code as ImportFaultCode)]);
    throw new Error(refusal.detail);
  }
  return viewOf(store, importId);
}

async function viewOf(store: Store, importId: string): Promise<ImportView> {
  const found = await findImport(store.pool, importId);
  if (found === null) throw new Error(`There is no import ${importId}.`);
  return found;
}
