import { createCipheriv, createPublicKey, encapsulate, hkdfSync } from 'node:crypto';
import { complaintSealInfo, type SealedText, type WrittenText } from '@sightline/contracts';

/**
 * Seals what was written for the centre's eyes: DHKEM(X25519), HKDF-SHA256, AES-256-GCM, with the
 * complaint's id bound in. A fact stands for ever; when the centre destroys the key's other half, its
 * words do not. Opened by `store`, open-seal.ts.
 */
export function sealText(
  complaintId: string,
  written: WrittenText,
  { keyId, publicKey }: { readonly keyId: string; readonly publicKey: string },
): SealedText {
  const der = Buffer.from(publicKey, 'base64url');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const { sharedKey, ciphertext } = encapsulate(key);
  // 32 bytes of key and 12 of nonce: a shared secret is used once.
  const drawn = Buffer.from(hkdfSync('sha256', sharedKey, '', complaintSealInfo, 44));
  const sealing = createCipheriv('aes-256-gcm', drawn.subarray(0, 32), drawn.subarray(32));
  sealing.setAAD(Buffer.from(complaintId, 'utf8'));
  const text = Buffer.from(JSON.stringify(written), 'utf8');
  const box = Buffer.concat([sealing.update(text), sealing.final(), sealing.getAuthTag()]);
  return {
    keyId,
    enc: Buffer.from(ciphertext).toString('base64url'),
    box: box.toString('base64url'),
  };
}
