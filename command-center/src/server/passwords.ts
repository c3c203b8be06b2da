import { randomBytes } from 'node:crypto';
import { hash, verify, type Algorithm } from '@node-rs/argon2';
import { argonParameters } from '#limits.ts';

/** Argon2id (RFC 9106) in the package's const enum, which cannot be imported with isolated modules. */
const argon2id: Algorithm.Argon2id = 2;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), { ...argonParameters, algorithm: argon2id });
}

export type CheckPassword = (passwordHash: string | null, password: string) => Promise<boolean>;

/**
 * A check that costs the same for an account that does not exist (null) as for one that does: there is
 * always a hash of the same parameters to verify. `verifyHash` is argon2's own unless a test listens.
 */
export async function passwordChecker(verifyHash = verify): Promise<CheckPassword> {
  const nobody = await hashPassword(randomBytes(32).toString('base64url'));
  return async (passwordHash, password) => {
    const matches = await verifyHash(passwordHash ?? nobody, password.normalize('NFKC'));
    return matches && passwordHash !== null;
  };
}
