import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { maskIdNumber } from '#domain/register-mask.ts';
import type { IdVault } from './id-vault.ts';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const keyIdBytes = 8;

/**
 * A vault over the register's key file (32 random bytes): AES-256-GCM under a random nonce, HMAC-SHA-256.
 * A sealed text is key id, nonce, cipher text and tag. Throws where the file is no key.
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
  const keyId = derive('key id').subarray(0, keyIdBytes);
  const isOwn = (sealed: Buffer) => sealed.subarray(0, keyIdBytes).equals(keyId);
  return {
    keyId,
    isOwn,
    seal: (text) => {
      const nonce = randomBytes(nonceBytes);
      const seal = createCipheriv('aes-256-gcm', sealKey, nonce);
      const body = [seal.update(text, 'utf8'), seal.final()];
      return Buffer.concat([keyId, nonce, ...body, seal.getAuthTag()]);
    },
    open: (sealed) => {
      if (!isOwn(sealed)) throw new Error('It was sealed under another register key.');
      const nonce = sealed.subarray(keyIdBytes, keyIdBytes + nonceBytes);
      const open = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagBytes });
      open.setAuthTag(sealed.subarray(-tagBytes));
      const body = sealed.subarray(keyIdBytes + nonceBytes, -tagBytes);
      return Buffer.concat([open.update(body), open.final()]).toString('utf8');
    },
    hash: (text) => createHmac('sha256', hashKey).update(text).digest(),
    mask: maskIdNumber,
  };
}

/** The vault of a centre; null where it is given no key. */
export function openVaultOf(keyFile: string | null): IdVault | null {
  return keyFile === null ? null : openVault(keyFile);
}

/** For sheets without numbers, on a centre without a key: nothing can be kept with it. */
export const closedVault: IdVault = {
  keyId: Buffer.alloc(keyIdBytes),
  isOwn: () => false,
  seal: refuse,
  open: refuse,
  hash: refuse,
  mask: refuse,
};

function refuse(): never {
  throw new Error('There is no register key: id numbers cannot be kept.');
}
