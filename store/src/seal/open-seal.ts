import {
  createDecipheriv,
  createPrivateKey,
  decapsulate,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { sealInfo, type SealBinding, type SealedText } from '@sightline/contracts';

const tagBytes = 16;

/**
 * Opens what a terminal sealed (`edge-agent`, seal-text.ts): DHKEM(X25519), HKDF-SHA256, AES-256-GCM
 * with what it belongs to bound in. Null where it was not sealed so; what it says is not checked here.
 */
export function openSeal(
  bound: SealBinding,
  sealed: Pick<SealedText, 'enc' | 'box'>,
  privateKey: Buffer,
): unknown {
  try {
    const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
    return JSON.parse(decrypt(bound, sealed, key));
  } catch {
    return null; // Damaged, or sealed for another key: what it belongs to stands without its words.
  }
}

function decrypt(
  bound: SealBinding,
  { enc, box }: Pick<SealedText, 'enc' | 'box'>,
  key: KeyObject,
): string {
  const shared = decapsulate(key, Buffer.from(enc, 'base64url'));
  // 32 bytes of key and 12 of nonce: a shared secret is used once.
  const drawn = Buffer.from(hkdfSync('sha256', shared, '', sealInfo(bound), 44));
  const bytes = Buffer.from(box, 'base64url');
  const opening = createDecipheriv('aes-256-gcm', drawn.subarray(0, 32), drawn.subarray(32))
    .setAAD(Buffer.from(bound.id, 'utf8'))
    .setAuthTag(bytes.subarray(-tagBytes));
  const start = opening.update(bytes.subarray(0, -tagBytes));
  return Buffer.concat([start, opening.final()]).toString('utf8');
}
