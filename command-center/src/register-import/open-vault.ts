import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IdVault } from './id-vault.ts';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * A vault over the register's key file (32 random bytes): AES-256-GCM under a random nonce, HMAC-SHA-256,
 * and a mask of four characters at either end. Throws where the file is no key.
 */
export function openVault(keyFile: string): IdVault {
  const registerKey = readFileSync(keyFile);
  if (registerKey.length !== keyBytes) {
    throw new Error(
      `${keyFile} holds ${registerKey.length} bytes; a register key has ${keyBytes}.`,
    );
  }
  const derive = (label: string) =>
    Buffer.from(hkdfSync('sha256', registerKey, '', `sightline register ${label} v1`, keyBytes));
  const [sealKey, hashKey] = [derive('seal'), derive('hash')];
  return {
    seal: (text) => {
      const nonce = randomBytes(nonceBytes);
      const seal = createCipheriv('aes-256-gcm', sealKey, nonce);
      return Buffer.concat([nonce, seal.update(text, 'utf8'), seal.final(), seal.getAuthTag()]);
    },
    open: (sealed) => {
      const open = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, nonceBytes));
      open.setAuthTag(sealed.subarray(-tagBytes));
      const body = sealed.subarray(nonceBytes, -tagBytes);
      return Buffer.concat([open.update(body), open.final()]).toString('utf8');
    },
    hash: (text) => createHmac('sha256', hashKey).update(text).digest(),
    mask: (text) => `${text.slice(0, 4)}${'*'.repeat(text.length - 8)}${text.slice(-4)}`,
  };
}

/** The vault of a centre; null where it is given no key. */
export function openVaultOf(keyFile: string | null): IdVault | null {
  return keyFile === null ? null : openVault(keyFile);
}

/** For sheets without numbers, on a centre without a key: nothing can be kept with it. */
export const closedVault: IdVault = { seal: refuse, open: refuse, hash: refuse, mask: refuse };

function refuse(): never {
  throw new Error('There is no register key: id numbers cannot be kept.');
}
