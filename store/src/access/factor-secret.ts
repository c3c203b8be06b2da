import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What second factors are encrypted with: derived, so that no other use of the register's key meets it. */
export interface FactorKey {
  readonly bytes: Buffer;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';
const label = 'sightline second factor v1';

/** `registerKey`: 32 random bytes from a file outside the database (HKDF, RFC 5869). */
export function factorKeyFrom(registerKey: Buffer): FactorKey {
  if (registerKey.length !== keyBytes) {
    throw new Error(`The register's key has ${registerKey.length} bytes; ${keyBytes} are needed.`);
  }
  return { bytes: Buffer.from(hkdfSync('sha256', registerKey, '', label, keyBytes)) };
}

/** nonce ‖ ciphertext ‖ tag; the account is bound in, so that no row opens under another's name. */
export function sealFactorSecret(
  key: FactorKey,
  { accountId, secret }: { readonly accountId: string; readonly secret: Buffer },
): Buffer {
  const nonce = randomBytes(nonceBytes);
  const seal = createCipheriv(cipher, key.bytes, nonce).setAAD(Buffer.from(accountId));
  return Buffer.concat([nonce, seal.update(secret), seal.final(), seal.getAuthTag()]);
}

/** The secret, or null where it was sealed with another key, for another account, or was changed. */
export function openFactorSecret(
  key: FactorKey,
  { accountId, sealed }: { readonly accountId: string; readonly sealed: Buffer },
): Buffer | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const open = createDecipheriv(cipher, key.bytes, sealed.subarray(0, nonceBytes))
    .setAAD(Buffer.from(accountId))
    .setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([open.update(sealed.subarray(nonceBytes, -tagBytes)), open.final()]);
  } catch {
    return null; // What GCM says of a wrong key and of a changed text alike.
  }
}
