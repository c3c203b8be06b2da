import { createCipheriv, createPublicKey, encapsulate, hkdfSync } from 'node:crypto';
import {
  refuse,
  sealInfo,
  type Desired,
  type Refusal,
  type SealBinding,
  type SealedText,
} from '@sightline/contracts';

/**
 * Seals what was written for the centre's eyes: DHKEM(X25519), HKDF-SHA256, AES-256-GCM, with what it
 * belongs to bound in. A fact stands for ever; when the centre destroys the key's other half, its
 * words do not. Opened by `store`, open-seal.ts.
 */
export function sealText(
  bound: SealBinding,
  written: object,
  { keyId, publicKey }: { readonly keyId: string; readonly publicKey: string },
): SealedText {
  const der = Buffer.from(publicKey, 'base64url');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const { sharedKey, ciphertext } = encapsulate(key);
  // 32 bytes of key and 12 of nonce: a shared secret is used once.
  const drawn = Buffer.from(hkdfSync('sha256', sharedKey, '', sealInfo(bound), 44));
  const sealing = createCipheriv('aes-256-gcm', drawn.subarray(0, 32), drawn.subarray(32));
  sealing.setAAD(Buffer.from(bound.id, 'utf8'));
  const text = Buffer.from(JSON.stringify(written), 'utf8');
  const box = Buffer.concat([sealing.update(text), sealing.final(), sealing.getAuthTag()]);
  return {
    keyId,
    enc: Buffer.from(ciphertext).toString('base64url'),
    box: box.toString('base64url'),
  };
}

/** As `sealText`, with the key this terminal was given; words go into the log sealed or not at all. */
export function sealForCentre(
  desired: Desired | null,
  bound: SealBinding,
  written: object,
): SealedText | Refusal {
  const key = desired?.complaints?.key;
  if (key !== undefined) return sealText(bound, written, key);
  return refuse(
    'no-seal',
    'This terminal has not met the command centre yet and cannot keep what is written. Choose a sentence.',
  );
}
