import {
  createCipheriv,
  createPublicKey,
  encapsulate,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import { sealInfo, type SealBinding } from '@sightline/contracts';

/** X25519, SPKI and PKCS #8 DER. */
export function makeKeyPair() {
  return generateKeyPairSync('x25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
}

/** As a terminal seals, any text at all. */
export function sealForTests(bound: SealBinding, text: string, publicKey: Buffer) {
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
  const { sharedKey, ciphertext } = encapsulate(key);
  const drawn = Buffer.from(hkdfSync('sha256', sharedKey, '', sealInfo(bound), 44));
  const sealing = createCipheriv('aes-256-gcm', drawn.subarray(0, 32), drawn.subarray(32));
  sealing.setAAD(Buffer.from(bound.id, 'utf8'));
  const box = Buffer.concat([sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
  return { enc: Buffer.from(ciphertext).toString('base64url'), box: box.toString('base64url') };
}
