import { readFileSync } from 'node:fs';
import { factorKeyFrom, type FactorKey } from '@sightline/store';

/** The key of second factors, out of the register's key file; null where the centre is given none. */
export function openFactorKey(registerKeyFile: string | null): FactorKey | null {
  return registerKeyFile === null ? null : factorKeyFrom(readFileSync(registerKeyFile));
}
